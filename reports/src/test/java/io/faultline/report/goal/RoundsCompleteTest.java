package io.faultline.report.goal;

import static io.faultline.report.TraceBuilder.P0;
import static io.faultline.report.TraceBuilder.P1;
import static io.faultline.report.TraceBuilder.failed;
import static io.faultline.report.TraceBuilder.healed;
import static io.faultline.report.TraceBuilder.span;
import static io.faultline.report.goal.Judging.held;
import static io.faultline.report.goal.Judging.judge;
import static io.faultline.report.goal.Judging.violated;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.cluster.StatusReason;
import io.faultline.model.observation.Observed.DownCause;
import io.faultline.model.observation.Observed.FaultInjected;
import io.faultline.model.observation.Observed.PartitionDown;
import io.faultline.model.observation.Observed.RoundBroken;
import io.faultline.model.observation.Observed.RoundCompleted;
import io.faultline.model.observation.Observed.RoundOpened;
import io.faultline.model.observation.Observed.RoundWentOn;
import io.faultline.report.TraceBuilder;
import io.faultline.report.verdict.Answer;
import io.faultline.report.verdict.Judgement;

import org.junit.jupiter.api.Test;

import java.util.List;

/// The last fault is over at 2 s.
class RoundsCompleteTest {

    private static final RoundsComplete GOAL = new RoundsComplete();

    private static TraceBuilder three() {
        return new TraceBuilder().place(3);
    }

    private static RoundOpened open(int round) {
        return new RoundOpened(round, 3);
    }

    private static RoundCompleted complete(int round) {
        return new RoundCompleted(round, span(500), P0);
    }

    private static TraceBuilder completed() {
        return three().at(3_000, open(1)).at(4_000, complete(1));
    }

    @Test
    void aRoundThatOpensAfterTheFaultsAndIsCompleteReachesIt() {
        held(GOAL, completed().at(8_500, open(2)), "since 4.000s");
    }

    @Test
    void aRoundThatOpenedBeforeDoesNotCount() {
        violated(GOAL, three().at(1_500, open(1)).at(3_000, complete(1)), "not at all");
    }

    @Test
    void aRoundThatIsCompleteLateIsTooLate() {
        violated(GOAL, three().at(3_000, open(1)).at(6_000, complete(1)), "only since 6.000s");
    }

    @Test
    void aRoundThatIsNeverCompleteIsViolated() {
        violated(GOAL, three().at(3_000, open(1)), "not at all");
    }

    @Test
    void whereNoRoundEverOpensNobodyCanTellAndWhereTheyCeaseToItIsViolated() {
        assertThat(judge(GOAL, three()))
                .returns(Answer.INCONCLUSIVE, Judgement::answer)
                .returns("no round ever opened, due by 5.000s", Judgement::finding);
        violated(GOAL, three().at(500, open(1)).at(1_000, complete(1)), "not at all");
    }

    @Test
    void aLaterRoundThatBreaksLosesIt() {
        var story = completed().at(6_000, open(2)).at(7_000, new RoundBroken(2, List.of(P1)));
        violated(GOAL, story, "since 4.000s, but no longer from 7.000s");
    }

    @Test
    void aRoundThatGoesOnWithoutSomebodyIsNotComplete() {
        var story = completed().at(6_000, open(2)).at(7_000, new RoundWentOn(2, List.of(P1)));
        violated(GOAL, story, "since 4.000s, but no longer from 7.000s");
    }

    @Test
    void aRoundThatDoesNotExpectWhoeverIsTakenToBeFailedIsNotComplete() {
        var story = three().at(1_000, failed(P1, StatusReason.BARRIER_TIMEOUT));
        story.at(3_000, open(1)).at(3_500, complete(1));
        violated(GOAL, story, "not at all");
        story = three().at(1_000, failed(P1, StatusReason.BARRIER_TIMEOUT));
        story.at(3_000, healed(P1, StatusReason.RECOVERED), open(1)).at(3_500, complete(1));
        held(GOAL, story, "since 3.500s");
    }

    @Test
    void whomARoundGivesUpBeforeItIsCompleteItLacks() {
        var story =
                three().at(3_000, open(1))
                        .at(3_500, failed(P1, StatusReason.CONFIRMED))
                        .at(4_000, complete(1));
        violated(GOAL, story, "not at all");
    }

    @Test
    void nobodyWaitsForWhomAFaultKeepsOut() {
        var split = new FaultInjected(0, "network-split", "", List.of(P1));
        var story =
                three().at(500, split, new PartitionDown(P1, DownCause.CUT_OFF))
                        .at(3_000, open(1))
                        .at(4_000, new RoundWentOn(1, List.of(P1)));
        assertThat(judge(GOAL, story).finding())
                .startsWith("since 4.000s, due by 5.000s; judged on 2 of 3 partitions");
    }
}
