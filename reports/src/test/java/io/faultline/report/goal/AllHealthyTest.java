package io.faultline.report.goal;

import static io.faultline.report.TraceBuilder.P0;
import static io.faultline.report.TraceBuilder.P1;
import static io.faultline.report.TraceBuilder.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.cluster.NodeId;
import io.faultline.model.cluster.StatusReason;
import io.faultline.model.observation.Observed.DownCause;
import io.faultline.model.observation.Observed.FaultHealed;
import io.faultline.model.observation.Observed.FaultInjected;
import io.faultline.model.observation.Observed.NodeReplaced;
import io.faultline.model.observation.Observed.NodeWiped;
import io.faultline.model.observation.Observed.PartitionDown;
import io.faultline.model.observation.Observed.PartitionUp;
import io.faultline.report.TraceBuilder;
import io.faultline.report.verdict.Answer;
import io.faultline.report.verdict.HealedCore;
import io.faultline.report.verdict.Judgement;

import org.junit.jupiter.api.Test;

import java.util.List;

class AllHealthyTest {

    private static final NodeId N1 = new NodeId("n1");
    private static final PartitionDown CUT = new PartitionDown(P1, DownCause.CUT_OFF);
    private static final PartitionDown CRASHED = new PartitionDown(P1, DownCause.CRASHED);

    private static TraceBuilder three() {
        return new TraceBuilder().place(3);
    }

    private static FaultInjected fault(int number, String kind) {
        return new FaultInjected(number, kind, "", List.of(P1));
    }

    @Test
    void whatIsReachedAtTheVeryTimeIsReachedInTime() {
        var story = three().at(1_000, CRASHED).at(5_000, new PartitionUp(P1));
        assertThat(judge(story))
                .returns(Answer.HELD, Judgement::answer)
                .returns("since 5.000s, due by 5.000s", Judgement::finding);
    }

    private static Judgement judge(TraceBuilder trace) {
        var built = trace.build();
        return new AllHealthy()
                .judge(
                        built,
                        new Aftermath(HealedCore.of(built, true), time(2_000), time(9_000)),
                        time(5_000),
                        "");
    }

    private static TraceBuilder run(TraceBuilder trace) {
        trace.by("end", 9_000);
        return trace;
    }

    @Test
    void whatIsReachedInTimeAndKeptHolds() {
        var trace = run(three().at(1_000, CRASHED).at(4_000, new PartitionUp(P1)));

        assertThat(judge(trace))
                .returns(Answer.HELD, Judgement::answer)
                .returns("since 4.000s, due by 5.000s", Judgement::finding);
    }

    @Test
    void whatIsReachedLateIsViolated() {
        var trace = run(three().at(1_000, CRASHED).at(6_000, new PartitionUp(P1)));

        assertThat(judge(trace))
                .returns(Answer.VIOLATED, Judgement::answer)
                .returns("only since 6.000s, due by 5.000s", Judgement::finding);
    }

    @Test
    void whatIsReachedInTimeAndLostAgainIsViolated() {
        var trace =
                run(three().at(1_000, CRASHED).at(4_000, new PartitionUp(P1)).at(7_000, CRASHED));

        assertThat(judge(trace))
                .returns(Answer.VIOLATED, Judgement::answer)
                .returns(
                        "since 4.000s, but no longer from 7.000s, due by 5.000s", j -> j.finding());
    }

    @Test
    void aSplitThatNeverEndsExcusesWhomItCutsOff() {
        var trace = run(three().at(1_000, fault(0, "network-split"), CUT));

        assertThat(judge(trace))
                .returns(Answer.HELD, Judgement::answer)
                .returns(
                        "since 0.000s, due by 5.000s; judged on 2 of 3 partitions; P1 is kept out"
                                + " by fault 0",
                        Judgement::finding);
    }

    @Test
    void aFaultThatHasEndedExcusesNobody() {
        var trace =
                run(
                        three().at(1_000, fault(0, "network-split"), CUT)
                                .at(2_000, new FaultHealed(0, "network-split")));

        assertThat(judge(trace)).returns(Answer.VIOLATED, Judgement::answer);
    }

    @Test
    void theOthersMustBeHealthyAllTheSame() {
        var trace =
                run(
                        three().at(1_000, fault(0, "network-split"), CUT)
                                .at(2_000, new PartitionDown(P0, DownCause.CRASHED)));

        assertThat(judge(trace)).returns(Answer.VIOLATED, Judgement::answer);
    }

    @Test
    void aCrashForGoodExcusesNobodyWhoCouldBeStartedAgain() {
        var trace = run(three().at(1_000, fault(0, "crash"), CRASHED)).build();

        assertThat(HealedCore.of(trace, true).isWhole()).isTrue();
        assertThat(HealedCore.of(trace, false))
                .hasToString("2 of 3 partitions; P1 is kept out by fault 0");
    }

    @Test
    void aCrashForGoodExcusesWhoseRecoveriesFailForGood() {
        var trace =
                run(three().at(500, fault(0, "failing-recovery"))
                                .at(1_000, fault(1, "crash"), CRASHED))
                        .build();

        assertThat(HealedCore.of(trace, true))
                .hasToString("2 of 3 partitions; P1 is kept out by fault 1");
    }

    @Test
    void aWipeForGoodExcusesWhoseNodeIsNotReplacedEvenIfACrashTookItOutFirst() {
        var wiped =
                three().at(1_000, fault(0, "crash"), CRASHED)
                        .at(2_000, fault(1, "wipe"), new NodeWiped(N1));
        assertThat(HealedCore.of(run(wiped).build(), true))
                .hasToString("2 of 3 partitions; P1 is kept out by fault 1");
        var replaced = run(wiped.at(10_000, new NodeReplaced(N1))).build();
        assertThat(HealedCore.of(replaced, true).isWhole()).isTrue();
    }

    @Test
    void whereOneFaultEndsAndAnotherGoesOnTheOtherKeepsThePartitionOut() {
        var trace =
                run(three().at(1_000, fault(0, "network-split"), CUT)
                                .at(1_500, fault(1, "network-split"))
                                .at(2_000, new FaultHealed(0, "network-split")))
                        .build();

        assertThat(HealedCore.of(trace, true))
                .hasToString("2 of 3 partitions; P1 is kept out by fault 1");
    }

    @Test
    void aPauseForGoodExcusesWhomNobodyCanWake() {
        var paused = new PartitionDown(P1, DownCause.PAUSED);
        var trace = run(three().at(1_000, fault(0, "pause"), paused)).build();

        assertThat(HealedCore.of(trace, true))
                .hasToString("2 of 3 partitions; P1 is kept out by fault 0");
    }

    @Test
    void whomAFaultTakesOutAgainAndAgainIsKeptOutEvenIfItIsUpAtTheEnd() {
        var up = new PartitionUp(P1);
        var once = run(three().at(1_000, fault(0, "flapping"), CRASHED, up)).build();
        var twice = run(three().at(1_000, fault(0, "flapping"), CRASHED, up, CRASHED, up)).build();

        assertThat(HealedCore.of(once, true).isWhole()).isTrue();
        assertThat(HealedCore.of(twice, true))
                .hasToString("2 of 3 partitions; P1 is kept out by fault 0");
    }

    @Test
    void whoStaysFailedIsKeptOutByTheFaultThatMakesItsRecoveriesFail() {
        var failing = three().at(500, fault(0, "failing-recovery"));
        assertThat(HealedCore.of(run(failing).build(), true).isWhole()).isTrue();
        var failed =
                three().at(500, fault(0, "failing-recovery"))
                        .at(1_000, TraceBuilder.failed(P1, StatusReason.CONFIRMED));
        assertThat(HealedCore.of(run(failed).build(), true))
                .hasToString("2 of 3 partitions; P1 is kept out by fault 0");
    }

    @Test
    void aFaultThatNeverEndsAndTakesNobodyOutKeepsNobodyOut() {
        var failed =
                three().at(500, fault(0, "message-loss"))
                        .at(1_000, TraceBuilder.failed(P1, StatusReason.CONFIRMED));
        assertThat(HealedCore.of(run(failed).build(), true).isWhole()).isTrue();
    }
}
