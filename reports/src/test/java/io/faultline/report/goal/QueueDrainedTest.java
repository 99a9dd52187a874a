package io.faultline.report.goal;

import static io.faultline.report.TraceBuilder.P1;
import static io.faultline.report.TraceBuilder.P2;
import static io.faultline.report.TraceBuilder.failed;
import static io.faultline.report.TraceBuilder.healed;
import static io.faultline.report.TraceBuilder.span;
import static io.faultline.report.goal.Judging.held;
import static io.faultline.report.goal.Judging.judge;
import static io.faultline.report.goal.Judging.violated;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.cluster.StatusReason;
import io.faultline.model.observation.Observed.Drained;
import io.faultline.model.observation.Observed.FaultInjected;
import io.faultline.model.observation.Observed.LockCollided;
import io.faultline.model.observation.Observed.LockGranted;
import io.faultline.model.observation.Observed.LockReserved;
import io.faultline.model.observation.Observed.LockTimedOut;
import io.faultline.model.observation.Observed.Queued;
import io.faultline.report.TraceBuilder;

import org.junit.jupiter.api.Test;

import java.util.List;

class QueueDrainedTest {

    private static final QueueDrained GOAL = new QueueDrained();

    private static TraceBuilder three() {
        return new TraceBuilder().place(3);
    }

    private static TraceBuilder queued() {
        return three().at(1_000, failed(P1, StatusReason.CONFIRMED), new Queued(P1, 1));
    }

    @Test
    void whoIsDrainedIsWaitedForUntilItsRecoveryHasAPermit() {
        var story = queued().at(3_000, new Drained(1), new LockReserved(P1));
        held(GOAL, story.at(4_000, new LockGranted(P1, span(1_000))), "since 4.000s");
    }

    @Test
    void whoeverWaitsWithoutHavingBeenPutOffIsWaitedForToo() {
        var story = three().at(1_000, new LockReserved(P1), new LockReserved(P2));
        story.at(1_500, new LockTimedOut(P1));
        held(GOAL, story.at(2_500, new LockCollided(P2, 2)), "since 2.500s");
    }

    @Test
    void whoIsPutOffAndBecomesHealthyWithoutARecoveryWaitsNoMore() {
        held(GOAL, queued().at(3_000, healed(P1, StatusReason.HEARD)), "since 3.000s");
    }

    @Test
    void aPermitThatIsGivenAtOnceIsNoWait() {
        var story = three().at(7_000, new LockReserved(P1), new LockGranted(P1, span(0)));
        held(GOAL, story, "since 0.000s");
    }

    @Test
    void whatIsDrainedLateIsViolated() {
        violated(GOAL, queued().at(6_000, new Drained(1)), "only since 6.000s");
    }

    @Test
    void whatIsNeverDrainedIsViolated() {
        var story = queued().at(3_000, new Drained(1), new Queued(P1, 1));
        violated(GOAL, story, "not at all");
    }

    @Test
    void whatIsQueuedAgainIsLost() {
        var story = queued().at(4_000, new Drained(1)).at(7_000, new Queued(P2, 1));
        violated(GOAL, story, "since 4.000s, but no longer from 7.000s");
    }

    @Test
    void whoIsKeptOutMayWaitForEver() {
        var story =
                three().at(500, new FaultInjected(0, "failing-recovery", "", List.of(P1)))
                        .at(1_000, failed(P1, StatusReason.CONFIRMED), new Queued(P1, 1));
        assertThat(judge(GOAL, story).finding())
                .isEqualTo(
                        "since 0.000s, due by 5.000s; judged on 2 of 3 partitions; P1 is kept out"
                                + " by fault 0");
    }
}
