package io.faultline.report.diagnosis;

import static io.faultline.report.TraceBuilder.healed;
import static io.faultline.report.TraceBuilder.suspected;
import static io.faultline.report.TraceBuilder.time;
import static io.faultline.report.diagnosis.Story.p;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.cluster.StatusReason;
import io.faultline.model.observation.Observed.ActionTaken;
import io.faultline.model.observation.Observed.DownCause;
import io.faultline.model.observation.Observed.Escalated;
import io.faultline.model.observation.Observed.EscalationCause;
import io.faultline.model.observation.Observed.FaultHealed;
import io.faultline.model.observation.Observed.FaultInjected;
import io.faultline.model.observation.Observed.PartitionDown;
import io.faultline.model.observation.Observed.Paused;
import io.faultline.model.observation.Observed.Queued;
import io.faultline.model.observation.Observed.QuorumBack;
import io.faultline.model.observation.Observed.QuorumGone;
import io.faultline.model.observation.Observed.QuorumLost;
import io.faultline.model.observation.Observed.QuorumRestored;

import org.junit.jupiter.api.Test;

import java.util.List;

class RecoveryLivelockTest {

    private static final ActionTaken HEAL = new ActionTaken(0, "operator-heal", "");

    /// Two of three have failed, and their recoveries were put off.
    private static Story putOff() {
        return Story.of(3)
                .fails(100, 0)
                .fails(200, 1)
                .at(210, new QuorumLost(1, 3), new Queued(p(1), 1))
                .at(220, new Queued(p(0), 2));
    }

    private static Finding only(Story story) {
        var findings = story.diagnosed(new RecoveryLivelock());
        assertThat(findings).hasSize(1);
        assertThat(findings.getFirst().certificate().verify(story.trace())).isTrue();
        return findings.getFirst();
    }

    private static List<String> labels(Story story) {
        return story.diagnosed(new RecoveryLivelock()).stream()
                .map(finding -> finding.label() + (finding.isCertain() ? "" : "?"))
                .toList();
    }

    // Parked.

    @Test
    void recoveriesThatNothingCouldStartAreParked() {
        var found = only(putOff());
        assertThat(found.label()).isEqualTo("recovery-livelock{parked}");
        assertThat(found.isCertain()).isTrue();
        assertThat(found.from()).isEqualTo(time(210));
        assertThat(found.to()).isEqualTo(time(Story.END));
        assertThat(found.sentence()).startsWith("for 9.790s nothing was done about P0 and 1 more");
    }

    @Test
    void soAreFailuresLeftToAnOperatorForWantOfAQuorumThatIsThere() {
        var story =
                Story.of(3).fails(100, 0).at(110, new Escalated(p(0), EscalationCause.QUORUM_LOST));
        assertThat(labels(story)).containsExactly("recovery-livelock{parked}");
    }

    @Test
    void whatAnOperatorEndsWasParkedUntilThen() {
        var story =
                putOff().at(
                                500,
                                HEAL,
                                healed(p(0), StatusReason.OPERATOR),
                                healed(p(1), StatusReason.OPERATOR),
                                new QuorumRestored(3, 3));
        assertThat(only(story).to()).isEqualTo(time(500));
    }

    @Test
    void whatEndsByItselfBeforeTheBoundWasNotParked() {
        assertThat(
                        labels(
                                putOff().begins(500, 0, 1)
                                        .succeeds(600, 0, 1)
                                        .begins(610, 1, 1)
                                        .succeeds(700, 1, 1)))
                .isEmpty();
    }

    @Test
    void whatEndsByItselfAfterTheBoundWasParkedUntilThen() {
        assertThat(only(putOff().begins(1300, 0, 1)).to()).isEqualTo(time(1300));
    }

    @Test
    void whatAllAttemptsFailedToRecoverHasBeenDealtWith() {
        var story =
                Story.of(3)
                        .fails(100, 0)
                        .at(110, new Escalated(p(0), EscalationCause.RETRIES_EXHAUSTED));
        assertThat(labels(story)).isEmpty();
    }

    @Test
    void nothingIsParkedWhileARecoveryOrARetryOrASuspicionIsPending() {
        assertThat(labels(putOff().begins(250, 0, 1))).isEmpty();
        assertThat(labels(putOff().begins(250, 0, 1).isTriedAgain(300, 0, 1))).isEmpty();
        assertThat(labels(putOff().at(250, suspected(p(2), StatusReason.HEARTBEAT_MISS))))
                .isEmpty();
    }

    @Test
    void inARunThatEndsTooEarlyItIsSuspectedIfTheQueueMayStillMove() {
        var story =
                Story.of(3).fails(9_500, 0).at(9_510, new Queued(p(0), 1)); // but there is a quorum
        assertThat(labels(story)).containsExactly("recovery-livelock{parked}?");
    }

    @Test
    void aFaultThatGoesOnExcusesThoseWhomItKeepsOutAndNobodyElse() {
        var split = new FaultInjected(0, "network-split", "", List.of(p(0), p(1)));
        var cutOff0 = new PartitionDown(p(0), DownCause.CUT_OFF);
        var cutOff1 = new PartitionDown(p(1), DownCause.CUT_OFF);
        assertThat(labels(putOff().at(300, split, cutOff0, cutOff1))).isEmpty();
        assertThat(labels(putOff().at(300, split))).containsExactly("recovery-livelock{parked}");
        var loss = new FaultInjected(0, "message-loss", "", List.of(p(0), p(1)));
        assertThat(labels(putOff().at(300, loss))).containsExactly("recovery-livelock{parked}");
    }

    @Test
    void whoseRecoveriesAreMadeToFailForGoodIsExcused() {
        var failing = new FaultInjected(0, "failing-recovery", "", List.of(p(0), p(1)));
        assertThat(labels(putOff().at(300, failing))).isEmpty();
    }

    @Test
    void whatWasParkedBeforeTheLastFaultWasOverIsSoFromThenOn() {
        var loss = new FaultInjected(0, "message-loss", "", List.of(p(2)));
        var story = putOff().at(300, loss).at(400, new FaultHealed(0, "message-loss", 1));
        var found = only(story);
        assertThat(found.from()).isEqualTo(time(400));
        assertThat(found.certificate().verify(story.trace())).isTrue();
    }

    @Test
    void aForgedCertificateOfParkedRecoveriesIsRefused() {
        var story = putOff().begins(1300, 0, 1);
        var parked = (Parking.Parked) only(story).certificate();
        assertThat(
                        List.of(
                                new Parking.Parked(
                                        parked.stuck(),
                                        parked.ailing(),
                                        parked.since() - 4,
                                        parked.until()),
                                new Parking.Parked(
                                        parked.stuck(),
                                        parked.ailing(),
                                        parked.since(),
                                        parked.until() + 3),
                                new Parking.Parked(
                                        parked.stuck().subList(0, 1),
                                        parked.ailing(),
                                        parked.since(),
                                        parked.until())))
                .allMatch(forged -> !forged.verify(story.trace()));
    }

    // Spinning: circling, or toiling.

    /// Failure goes round the ring until the run ends.
    private static Story ring(int rounds) {
        return ring(rounds, Story.of(3));
    }

    private static Story ring(int rounds, Story story) {
        for (int i = 0; i < rounds; i++) {
            story.failsAndRecovers(100 + 900 * i, i % 3, 400);
        }
        return story;
    }

    @Test
    void aFailureThatIsHandedOnForEverIsSpinning() {
        var found = only(ring(11));
        assertThat(found.label()).isEqualTo("recovery-livelock{spinning}");
        assertThat(found.isCertain()).isTrue();
        assertThat(found.to()).isEqualTo(time(Story.END));
        assertThat(found.certificate().details())
                .containsExactly("1 × failed", "1 × failed, detecting, attempt 1", "all well");
        assertThat(found.sentence()).contains("3 states came to pass 11 times");
        assertThat(found.certificate().inShort(ring(11).trace()))
                .containsExactly(
                        "the same 3 states over and over: 11 passes until the end of the run",
                        "a pass takes 900ms");
    }

    @Test
    void aFailureThatIsHandedOnAFewTimesIsNotButOneThatTakesItsTimeIsSuspicious() {
        assertThat(labels(ring(2))).isEmpty();
        assertThat(labels(ring(5))).containsExactly("recovery-livelock{spinning}?");
    }

    @Test
    void oneFailureIsNot() {
        assertThat(labels(ring(1))).isEmpty();
    }

    @Test
    void faultsOneAfterTheOtherAreNot() {
        var story = Story.of(3);
        for (int i = 0; i < 11; i++) {
            story.at(90 + 900 * i, new FaultInjected(i, "crash", "", List.of(p(i % 3))));
            story.failsAndRecovers(100 + 900 * i, i % 3, 400);
        }
        assertThat(labels(story)).isEmpty();
    }

    @Test
    void muchThatIsDoneForLongAndLeadsNowhereIsSpinningWithoutACycle() {
        var found = only(irregular(0));
        assertThat(found.label()).isEqualTo("recovery-livelock{spinning}");
        assertThat(found.isCertain()).isTrue();
        assertThat(found.certificate()).isInstanceOf(Toiling.Budget.class);
        assertThat(found.certificate().details()).isEmpty();
        assertThat(found.certificate().inShort(irregular(0).trace()))
                .first()
                .asString()
                .contains(
                        " activities (attempts, phases and restarts), ",
                        " failures in the meantime");
    }

    @Test
    void muchInAShortTimeOrLittleInALongOneIsOnlySuspicious() {
        var much = only(irregular(8_500));
        assertThat(much.isCertain()).isFalse();
        var little =
                only(
                        Story.of(3)
                                .fails(100, 0)
                                .begins(900, 0, 1)
                                .isTriedAgain(1800, 0, 1)
                                .begins(2700, 0, 2)
                                .isTriedAgain(3600, 0, 2));
        assertThat(little.isCertain()).isFalse();
        assertThat(little.sentence()).contains("never better for good");
    }

    /// Attempts fail at once, and others are begun, now of one partition and now of two, in a
    /// pattern that does not repeat.
    private static Story irregular(double begin) {
        var story = Story.of(5).fails(begin + 100, 0).fails(begin + 110, 1);
        double now = begin + 150;
        for (int i = 1; now < Story.END - 200; i++) {
            boolean both =
                    Integer.bitCount(i) % 2 == 0; // Thue and Morse: no part comes three times
            story.begins(now, 0, 1).isTriedAgain(now + 20, 0, 1);
            if (both) {
                story.begins(now + 30, 1, 1).isTriedAgain(now + 40, 1, 1);
            } else {
                story.at(now + 30, new Paused());
            }
            now += 60;
        }
        return story;
    }

    @Test
    void recoveriesThatMakeItBetterForGoodAreNotSpinning() {
        var story = Story.of(9);
        for (int rank = 0; rank < 4; rank++) {
            story.fails(100, rank);
        }
        for (int rank = 0; rank < 4; rank++) {
            double now = 200 + 2000 * rank;
            story.begins(now, rank, 1).isTriedAgain(now + 600, rank, 1);
            story.begins(now + 700, rank, 2).isTriedAgain(now + 1200, rank, 2);
            story.begins(now + 1300, rank, 3).succeeds(now + 1900, rank, 3);
        }
        assertThat(labels(story)).isEmpty();
    }

    @Test
    void aForgedCycleIsRefused() {
        var story = ring(11);
        var lasso = (Circling.Lasso) only(story).certificate();
        var others = List.of("all well", "1 × failed", "1 × failed, detecting, attempt 1");
        assertThat(
                        List.of(
                                new Circling.Lasso(
                                        others, lasso.passes(), lasso.end(), lasso.ailing()),
                                new Circling.Lasso(
                                        lasso.cycle(),
                                        lasso.passes().subList(1, 9),
                                        lasso.end(),
                                        lasso.ailing()),
                                new Circling.Lasso(
                                        lasso.cycle(),
                                        lasso.passes(),
                                        lasso.end() - 5,
                                        lasso.ailing())))
                .allMatch(forged -> !forged.verify(story.trace()));
    }

    @Test
    void aForgedBudgetIsRefused() {
        var story = irregular(0);
        var budget = (Toiling.Budget) only(story).certificate();
        assertThat(
                        List.of(
                                new Toiling.Budget(
                                        budget.from(),
                                        budget.to(),
                                        budget.activities() + 1,
                                        budget.attempts(),
                                        budget.failures(),
                                        budget.ailing()),
                                new Toiling.Budget(
                                        budget.from() + 40,
                                        budget.to(),
                                        budget.activities(),
                                        budget.attempts(),
                                        budget.failures(),
                                        budget.ailing())))
                .allMatch(forged -> !forged.verify(story.trace()));
    }

    @Test
    void whileAMajorityIsLackingNothingIsExpected() {
        assertThat(labels(putOff().at(300, new QuorumGone(1, 2)))).isEmpty();
        var lacking = Story.of(3).at(50, new QuorumGone(1, 2));
        assertThat(labels(ring(11, lacking))).isEmpty();
        assertThat(labels(lacking.at(9_990, new QuorumBack(2, 2)))).isEmpty();
    }
}
