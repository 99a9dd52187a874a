package io.faultline.report.goal;

import static io.faultline.report.TraceBuilder.P1;
import static io.faultline.report.TraceBuilder.P2;
import static io.faultline.report.TraceBuilder.failed;
import static io.faultline.report.TraceBuilder.healed;
import static io.faultline.report.goal.Judging.held;
import static io.faultline.report.goal.Judging.violated;

import io.faultline.model.cluster.StatusReason;
import io.faultline.model.observation.Observed.Escalated;
import io.faultline.model.observation.Observed.EscalationCause;
import io.faultline.model.observation.Observed.LockReserved;
import io.faultline.report.TraceBuilder;

import org.junit.jupiter.api.Test;

class FailuresSettledTest {

    private static final FailuresSettled GOAL = new FailuresSettled();
    private static final Escalated LEFT = new Escalated(P1, EscalationCause.RETRIES_EXHAUSTED);

    private static TraceBuilder failing() {
        return new TraceBuilder().place(3).at(1_000, failed(P1, StatusReason.CONFIRMED));
    }

    @Test
    void whoIsHealthyAgainIsSettled() {
        held(GOAL, failing().at(4_000, healed(P1, StatusReason.RECOVERED)), "since 4.000s");
    }

    @Test
    void whoIsLeftToAnOperatorIsSettled() {
        held(GOAL, failing().at(3_000, LEFT), "since 3.000s");
    }

    @Test
    void whoIsLeftAtTheInstantAtWhichItFailsWasNeverOpen() {
        var story = failing().at(1_000, LEFT);
        held(GOAL, story, "since 0.000s");
    }

    @Test
    void whoIsSettledLateIsViolated() {
        violated(GOAL, failing().at(6_000, LEFT), "only since 6.000s");
    }

    @Test
    void whoIsNeverSettledIsViolated() {
        violated(GOAL, failing(), "not at all");
    }

    @Test
    void whatAnOperatorHasBegunAgainIsOpenAgain() {
        var story = failing().at(3_000, LEFT).at(7_000, new LockReserved(P1));
        violated(GOAL, story, "since 3.000s, but no longer from 7.000s");
    }

    @Test
    void aNewFailureIsOpen() {
        var story = failing().at(3_000, LEFT).at(8_000, failed(P2, StatusReason.CONFIRMED));
        violated(GOAL, story, "since 3.000s, but no longer from 8.000s");
    }
}
