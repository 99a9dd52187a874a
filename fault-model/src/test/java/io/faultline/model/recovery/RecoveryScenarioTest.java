package io.faultline.model.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.faultline.model.Changed;
import io.faultline.model.Probability;
import io.faultline.model.Settings;
import io.faultline.model.TestRun;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.detector.SuspicionPolicy;
import io.faultline.model.observation.Observed.AttemptFinished;
import io.faultline.model.observation.Observed.Drained;
import io.faultline.model.observation.Observed.Escalated;
import io.faultline.model.observation.Observed.Livelock;
import io.faultline.model.observation.Observed.LockGranted;
import io.faultline.model.observation.Observed.LockRefused;
import io.faultline.model.observation.Observed.LockReserved;
import io.faultline.model.observation.Observed.LockTimedOut;
import io.faultline.model.observation.Observed.OperationCompleted;
import io.faultline.model.observation.Observed.OperationRejected;
import io.faultline.model.observation.Observed.PauseTimedOut;
import io.faultline.model.observation.Observed.Paused;
import io.faultline.model.observation.Observed.PhaseEntered;
import io.faultline.model.observation.Observed.Queued;
import io.faultline.model.observation.Observed.Quiesced;
import io.faultline.model.observation.Observed.QuorumJudged;
import io.faultline.model.observation.Observed.QuorumLost;
import io.faultline.model.observation.Observed.QuorumRestored;
import io.faultline.model.observation.Observed.Resumed;
import io.faultline.model.observation.Observed.RetryScheduled;
import io.faultline.model.observation.Observed.StatusChanged;
import io.faultline.model.script.Operation;
import io.faultline.model.script.OperatorHeal;
import io.faultline.model.script.OperatorRetry;
import io.faultline.model.script.SignOfLife;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// What follows from reports, step by step: worked examples with the times, orders and counts that
/// follow from the rules. Phases take 50, 100, 75 and 0 ms, so an attempt takes 225 ms; messages
/// take no time.
class RecoveryScenarioTest {

    private static Settings confirming(int partitions, int permits, long confirm) {
        return settings(partitions, permits, SuspicionPolicy.CONFIRMING, confirm);
    }

    private static Settings counting(int partitions, int permits) {
        return settings(partitions, permits, SuspicionPolicy.COUNTING, 0);
    }

    private static Settings settings(
            int partitions, int permits, SuspicionPolicy policy, long confirm) {
        return Settings.of(partitions)
                .with(Settings.recovery(permits))
                .with(Settings.suspicion(policy, Duration.ofMillis(confirm)));
    }

    private static List<String> completions(TestRun run) {
        return run.brief(o -> o instanceof PhaseEntered p && p.phase() == RecoveryPhase.COMPLETE);
    }

    /// `P1 775`, in the order in which they happen.
    private static List<String> completed(TestRun run) {
        return completions(run).stream()
                .map(line -> line.split(" "))
                .map(words -> words[2] + " " + words[0])
                .toList();
    }

    // From report to recovery.

    @Test
    void twoReportsAndTheConfirmationTimeLeadToOneRecovery() {
        var run = new TestRun(confirming(3, 2, 500)).report(0, 1).report(50, 1).until(10_000);
        assertThat(
                        run.brief(
                                StatusChanged.class,
                                QuorumJudged.class,
                                LockReserved.class,
                                LockGranted.class,
                                Paused.class,
                                Quiesced.class,
                                PhaseEntered.class,
                                AttemptFinished.class,
                                Resumed.class,
                                Queued.class,
                                Escalated.class))
                .containsExactly(
                        "50 StatusChanged P1 HEALTHY SUSPECTED BARRIER_TIMEOUT",
                        "550 StatusChanged P1 SUSPECTED FAILED CONFIRMED",
                        "550 QuorumJudged P1 1 2 0 3",
                        "550 LockReserved P1",
                        "550 LockGranted P1 0",
                        "550 Paused",
                        "550 Quiesced 0",
                        "550 PhaseEntered P1 DETECTING 1",
                        "600 PhaseEntered P1 REDISTRIBUTING 1",
                        "700 PhaseEntered P1 REBALANCING 1",
                        "775 PhaseEntered P1 VALIDATING 1",
                        "775 PhaseEntered P1 COMPLETE 1",
                        "775 AttemptFinished P1 1 true false",
                        "775 StatusChanged P1 FAILED HEALTHY RECOVERED",
                        "775 Resumed 225");
    }

    @Test
    void countingTakesTwoReportsForAFailure() {
        var run = new TestRun(counting(3, 2)).report(0, 1).report(50, 1).until(10_000);
        assertThat(run.brief(StatusChanged.class))
                .containsExactly(
                        "0 StatusChanged P1 HEALTHY SUSPECTED BARRIER_TIMEOUT",
                        "50 StatusChanged P1 SUSPECTED FAILED BARRIER_TIMEOUT",
                        "275 StatusChanged P1 FAILED HEALTHY RECOVERED");
    }

    @Test
    void whenSuspicionIsPolledTheFailureComesWithThePoll() {
        var polled =
                Changed.in(
                        Settings.of(1).protocol().suspicion(),
                        "confirm",
                        Duration.ofMillis(500),
                        "poll",
                        Duration.ofMillis(1000));
        var run =
                new TestRun(confirming(3, 2, 500).with(polled))
                        .report(0, 1)
                        .report(50, 1)
                        .until(10_000);
        assertThat(run.brief(StatusChanged.class))
                .containsExactly(
                        "50 StatusChanged P1 HEALTHY SUSPECTED BARRIER_TIMEOUT",
                        "1000 StatusChanged P1 SUSPECTED FAILED CONFIRMED",
                        "1225 StatusChanged P1 FAILED HEALTHY RECOVERED");
    }

    /// Suspicion has stood for exactly as long as it has to when the poll at 1000 looks.
    @Test
    void aPollAtTheVeryEndOfTheConfirmationTimeConfirms() {
        var polled =
                Changed.in(
                        Settings.of(1).protocol().suspicion(),
                        "confirm",
                        Duration.ofMillis(500),
                        "poll",
                        Duration.ofMillis(1000));
        var run = new TestRun(confirming(3, 2, 500).with(polled)).twoReports(500, 1).until(10_000);
        assertThat(run.brief(StatusChanged.class))
                .contains("1000 StatusChanged P1 SUSPECTED FAILED CONFIRMED");
    }

    // Several failures at once.

    @Test
    void aThirdRecoveryWaitsForAPermit() {
        var run = new TestRun(confirming(7, 2, 500)).report(0, 1, 3, 5).report(50, 1, 3, 5);
        run.until(10_000);
        assertThat(run.brief(QuorumJudged.class, LockGranted.class, Paused.class, Resumed.class))
                .containsExactly(
                        "550 QuorumJudged P1 1 4 0 7",
                        "550 LockGranted P1 0",
                        "550 Paused",
                        "550 QuorumJudged P3 1 4 1 7",
                        "550 LockGranted P3 0",
                        "550 QuorumJudged P5 1 4 2 7",
                        "775 LockGranted P5 225",
                        "1000 Resumed 450");
        assertThat(completed(run)).containsExactly("P1 775", "P3 775", "P5 1000");
    }

    @Test
    void aFailureLeavesTheOthersAlone() {
        var run = new TestRun(confirming(3, 2, 500)).twoReports(0, 0).until(10_000);
        assertThat(run.brief(StatusChanged.class))
                .containsExactly(
                        "0 StatusChanged P0 HEALTHY SUSPECTED BARRIER_TIMEOUT",
                        "500 StatusChanged P0 SUSPECTED FAILED CONFIRMED",
                        "725 StatusChanged P0 FAILED HEALTHY RECOVERED");
    }

    @Test
    void simultaneousFailuresAreRecoveredInOrderOfRank() {
        var run =
                new TestRun(confirming(7, 1, 500))
                        .report(0, 5, 1, 3)
                        .report(50, 5, 1, 3)
                        .until(10_000);
        assertThat(completed(run)).containsExactly("P1 775", "P3 1000", "P5 1225");
        assertThat(run.brief(Paused.class, Resumed.class))
                .containsExactly(
                        "550 Paused",
                        "775 Resumed 225",
                        "775 Paused",
                        "1000 Resumed 225",
                        "1000 Paused",
                        "1225 Resumed 225");
    }

    private static TestRun fourFailures(int partitions, int permits) {
        return new TestRun(counting(partitions, permits))
                .twoReports(0, 0)
                .twoReports(25, 1)
                .twoReports(50, 2)
                .twoReports(75, 3)
                .until(10_000);
    }

    @Test
    void aRecoveryThatWouldBreakTheQuorumIsPutOff() {
        var run = fourFailures(8, 3);
        assertThat(run.brief(QuorumJudged.class))
                .containsExactly(
                        "0 QuorumJudged P0 1 7 0 8",
                        "25 QuorumJudged P1 1 6 1 8",
                        "50 QuorumJudged P2 1 5 2 8",
                        "75 QuorumJudged P3 2 4 3 8");
        assertThat(run.brief(Queued.class, Drained.class, Livelock.class))
                .containsExactly("75 Queued P3 1", "225 Drained 1");
        assertThat(run.brief(QuorumLost.class, QuorumRestored.class))
                .containsExactly("75 QuorumLost 4 8", "225 QuorumRestored 5 8");
        assertThat(completed(run)).containsExactly("P0 225", "P1 250", "P2 275", "P3 450");
        assertThat(run.brief(Paused.class, Resumed.class))
                .containsExactly("0 Paused", "450 Resumed 450");
    }

    @Test
    void whoeverFindsNoPermitWaitsForOne() {
        var run = fourFailures(9, 2);
        assertThat(run.trace().all(QuorumJudged.class)).allMatch(j -> j.state() == 1);
        assertThat(run.brief(LockGranted.class))
                .containsExactly(
                        "0 LockGranted P0 0",
                        "25 LockGranted P1 0",
                        "225 LockGranted P2 175",
                        "250 LockGranted P3 175");
        assertThat(completed(run)).containsExactly("P0 225", "P1 250", "P2 450", "P3 475");
    }

    @Test
    void withHalfOfThePartitionsFailedTheRestIsLeftToAnOperator() {
        var run = fourFailures(4, 3);
        assertThat(run.brief(QuorumJudged.class))
                .containsExactly(
                        "0 QuorumJudged P0 1 3 0 4",
                        "25 QuorumJudged P1 2 2 1 4",
                        "50 QuorumJudged P2 3 1 1 4",
                        "75 QuorumJudged P3 3 0 1 4");
        assertThat(run.brief(Escalated.class))
                .containsExactly("50 Escalated P2 QUORUM_LOST", "75 Escalated P3 QUORUM_LOST");
        assertThat(completed(run)).containsExactly("P0 225");
        assertThat(run.brief(Queued.class, Livelock.class))
                .containsExactly("25 Queued P1 1", "225 Livelock 1");
    }

    @Test
    void withOnePermitRecoveriesFollowEachOther() {
        var run = fourFailures(9, 1);
        assertThat(completed(run)).containsExactly("P0 225", "P1 450", "P2 675", "P3 900");
        assertThat(run.count(Paused.class)).isEqualTo(4);
        assertThat(run.count(Resumed.class)).isEqualTo(4);
    }

    @Test
    void whoeverWaitsTooLongIsPutOffAndComesBack() {
        var base = counting(9, 1);
        var recovery = Settings.recovery(1);
        var impatient =
                Changed.in(recovery, "maxConcurrent", 1, "lockTimeout", Duration.ofMillis(50));
        var run =
                new TestRun(base.with(impatient)).twoReports(0, 0).twoReports(10, 1).until(10_000);
        assertThat(
                        run.brief(
                                LockReserved.class,
                                LockTimedOut.class,
                                Queued.class,
                                Drained.class,
                                LockGranted.class))
                .containsExactly(
                        "0 LockReserved P0",
                        "0 LockGranted P0 0",
                        "10 LockReserved P1",
                        "60 LockTimedOut P1",
                        "60 Queued P1 1",
                        "225 Drained 1",
                        "225 LockReserved P1",
                        "225 LockGranted P1 0");
    }

    /// A permit that is given back at the very time-out of a waiter goes to the waiter.
    @Test
    void aPermitGivenBackAtTheTimeOutIsStillInTime() {
        var recovery = Settings.recovery(1);
        var patient =
                Changed.in(recovery, "maxConcurrent", 1, "lockTimeout", Duration.ofMillis(215));
        var run =
                new TestRun(counting(9, 1).with(patient))
                        .twoReports(0, 0)
                        .twoReports(10, 1)
                        .until(10_000);
        assertThat(run.brief(LockTimedOut.class, LockGranted.class))
                .containsExactly("0 LockGranted P0 0", "225 LockGranted P1 215");
    }

    // Cascades.

    static Stream<Arguments> cascades() {
        return Stream.of(
                Arguments.of(4, new int[][] {{0, 0}, {500, 1}}),
                Arguments.of(6, new int[][] {{0, 0}, {100, 1}, {200, 2}}),
                Arguments.of(8, new int[][] {{0, 0}, {100, 1}, {200, 2}, {300, 3}}),
                Arguments.of(4, new int[][] {{0, 0}, {0, 1}}),
                Arguments.of(6, new int[][] {{0, 0}, {0, 1}, {0, 2}}),
                Arguments.of(8, new int[][] {{0, 0}, {0, 1}, {0, 2}, {0, 3}}));
    }

    /// Suspects are not active, so half of the partitions under suspicion leave no quorum for any
    /// of them.
    @ParameterizedTest
    @MethodSource("cascades")
    void halfOfThePartitionsFailingWithinTheConfirmationTimeAreNotRecovered(
            int partitions, int[][] failures) {
        var run = new TestRun(confirming(partitions, 3, 1000));
        for (var failure : failures) {
            run.report(failure[0], failure[1]).report(failure[0] + 50, failure[1]);
        }
        run.until(60_000);
        assertThat(run.trace().all(QuorumJudged.class))
                .hasSize(failures.length)
                .allMatch(judged -> judged.state() == 3);
        assertThat(run.count(Escalated.class)).isEqualTo(failures.length);
        assertThat(run.count(LockReserved.class)).isZero();
        assertThat(run.count(Paused.class)).isZero();
    }

    @Test
    void fewerThanHalfAreRecovered() {
        var run =
                new TestRun(confirming(5, 3, 1000))
                        .report(0, 0)
                        .report(50, 0)
                        .report(300, 1)
                        .report(350, 1)
                        .until(60_000);
        assertThat(completed(run)).containsExactly("P0 1275", "P1 1575");
    }

    @Test
    void fourOfNineAreRecoveredTwoByTwo() {
        var run =
                new TestRun(confirming(9, 2, 500))
                        .report(0, 0, 1, 2, 3)
                        .report(50, 0, 1, 2, 3)
                        .until(60_000);
        assertThat(completed(run)).containsExactly("P0 775", "P1 775", "P2 1000", "P3 1000");
        assertThat(run.count(Paused.class)).isEqualTo(1);
    }

    // Transient and persistent failures.

    @Test
    void evidenceBetweenTwoReportsKeepsThemFromAddingUp() {
        var run =
                new TestRun(confirming(3, 2, 500))
                        .report(0, 1)
                        .at(200, new SignOfLife(TestRun.partitions(1)))
                        .report(400, 1)
                        .report(600, 1)
                        .until(10_000);
        assertThat(run.brief(StatusChanged.class))
                .containsExactly(
                        "600 StatusChanged P1 HEALTHY SUSPECTED BARRIER_TIMEOUT",
                        "1100 StatusChanged P1 SUSPECTED FAILED CONFIRMED",
                        "1325 StatusChanged P1 FAILED HEALTHY RECOVERED");
    }

    /// Every phase fails, so every attempt fails at the end of its first phase, after 50 ms: FAILED
    /// at 550, attempts end at 600; 600 + 100 + 50 = 750; 750 + 200 + 50 = 1000.
    @Test
    void afterThreeFailedAttemptsAPartitionIsLeftToAnOperator() {
        var run =
                new TestRun(confirming(3, 2, 500).with(alwaysFailing()))
                        .report(0, 1)
                        .report(50, 1)
                        .until(60_000);
        assertThat(
                        run.brief(
                                AttemptFinished.class,
                                RetryScheduled.class,
                                Escalated.class,
                                Paused.class,
                                Resumed.class,
                                Livelock.class))
                .containsExactly(
                        "550 Paused",
                        "600 AttemptFinished P1 1 false false",
                        "600 Resumed 50",
                        "600 RetryScheduled P1 1 100",
                        "700 Paused",
                        "750 AttemptFinished P1 2 false false",
                        "750 Resumed 50",
                        "750 RetryScheduled P1 2 200",
                        "950 Paused",
                        "1000 AttemptFinished P1 3 false false",
                        "1000 Resumed 50",
                        "1000 Escalated P1 RETRIES_EXHAUSTED");
        assertThat(run.brief(PhaseEntered.class))
                .containsExactly(
                        "550 PhaseEntered P1 DETECTING 1",
                        "600 PhaseEntered P1 FAILED 1",
                        "700 PhaseEntered P1 DETECTING 2",
                        "750 PhaseEntered P1 FAILED 2",
                        "950 PhaseEntered P1 DETECTING 3",
                        "1000 PhaseEntered P1 FAILED 3");
        assertThat(run.trace().all(StatusChanged.class).map(StatusChanged::to).toList()).hasSize(2);
    }

    /// With whole attempts of 225 ms that fail at their end the ends would be 775, 1100 and 1525.
    @Test
    void anAttemptThatFailsInItsLastPhaseHasTakenAllItsTime() {
        var run = new TestRun(confirming(3, 2, 500).with(failing(0.5)), lastPhaseFailsFirst());
        run.report(0, 1).report(50, 1).until(60_000);
        assertThat(run.brief(AttemptFinished.class).getFirst())
                .isEqualTo("775 AttemptFinished P1 1 false false");
        assertThat(run.brief(RetryScheduled.class).getFirst())
                .isEqualTo("775 RetryScheduled P1 1 100");
        assertThat(run.brief(QuorumJudged.class).get(1)).isEqualTo("875 QuorumJudged P1 1 2 0 3");
    }

    /// A seed for which three phases succeed and the fourth fails.
    private static long lastPhaseFailsFirst() {
        for (long seed = 1; ; seed++) {
            var run = new TestRun(confirming(3, 2, 500).with(failing(0.5)), seed);
            run.report(0, 1).report(50, 1).until(60_000);
            var failed =
                    run.brief(
                            o -> o instanceof PhaseEntered p && p.phase() == RecoveryPhase.FAILED);
            if (!failed.isEmpty() && failed.getFirst().equals("775 PhaseEntered P1 FAILED 1")) {
                return seed;
            }
        }
    }

    @Test
    void anOperatorMayAskForAnotherThreeAttempts() {
        var run =
                new TestRun(confirming(3, 2, 500).with(alwaysFailing()))
                        .report(0, 1)
                        .report(50, 1)
                        .at(2000, new OperatorRetry(new PartitionId(1)))
                        .until(60_000);
        assertThat(run.brief(AttemptFinished.class))
                .endsWith(
                        "2050 AttemptFinished P1 1 false false",
                        "2200 AttemptFinished P1 2 false false",
                        "2450 AttemptFinished P1 3 false false");
        assertThat(run.count(Escalated.class)).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"0", "100", "560", "620"})
    void anOperatorsRetryOfWhatIsNotLeftToHimChangesNothing(long at) {
        var settings = confirming(3, 2, 500);
        var without = new TestRun(settings).report(0, 1).report(50, 1).until(10_000);
        var with =
                new TestRun(settings)
                        .report(0, 1)
                        .report(50, 1)
                        .at(at, new OperatorRetry(new PartitionId(1)))
                        .until(10_000);
        assertThat(with.brief(StatusChanged.class, PhaseEntered.class))
                .isEqualTo(without.brief(StatusChanged.class, PhaseEntered.class));
        assertThat(with.brief(LockRefused.class))
                .isEqualTo(
                        at < 550 ? List.of() : List.of(at + " LockRefused P1 ALREADY_RECOVERING"));
    }

    @Test
    void anOperatorsHealEndsTheWaitForTheNextAttempt() {
        var run =
                new TestRun(confirming(3, 2, 500).with(alwaysFailing()))
                        .report(0, 1)
                        .report(50, 1)
                        .at(650, new OperatorHeal(new PartitionId(1)))
                        .until(60_000);
        assertThat(run.brief(AttemptFinished.class, StatusChanged.class))
                .endsWith(
                        "600 AttemptFinished P1 1 false false",
                        "650 StatusChanged P1 FAILED HEALTHY OPERATOR");
    }

    private static RecoverySettings alwaysFailing() {
        return failing(1);
    }

    private static RecoverySettings failing(double chance) {
        var recovery = Settings.recovery(2);
        return Changed.in(recovery, "phaseFailure", new Probability(chance));
    }

    // Quorum.

    /// To each line of the table belongs a system in which so many partitions are suspected, so
    /// that they count neither as active nor as in progress, when the last one fails.
    ///
    /// In progress: partitions that fail, one after another, before the others are suspected.
    @ParameterizedTest
    @CsvSource({
        "5, 3, 0, 1",
        "5, 2, 1, 2",
        "5, 2, 0, 3",
        "4, 2, 0, 3",
        "4, 2, 1, 2",
        "3, 1, 1, 2",
        "2, 1, 0, 3",
        "1, 0, 0, 3",
        "7, 3, 1, 2",
        "7, 3, 0, 3",
        "8, 4, 1, 2",
        "8, 5, 0, 1"
    })
    void theStateOfTheQuorumDecidesWhatBecomesOfAFailure(
            int total, int active, int inProgress, int state) {
        var run = new TestRun(counting(total, 3));
        int rank = 0;
        while (rank < inProgress) {
            run.twoReports(0, rank++);
        }
        int last = rank++;
        while (rank < total - active) {
            run.report(10, rank++);
        }
        run.twoReports(20, last).until(10_000);
        var judged =
                run.trace()
                        .all(QuorumJudged.class)
                        .filter(j -> j.partition().rank() == last)
                        .findFirst()
                        .orElseThrow();
        assertThat(judged)
                .isEqualTo(
                        new QuorumJudged(new PartitionId(last), state, active, inProgress, total));
        var consequence =
                run.brief(o ->
                        o instanceof LockReserved(var p) && p.rank() == last
                                || o instanceof Queued(var q, _) && q.rank() == last
                                || o instanceof Escalated(var e, _) && e.rank() == last);
        assertThat(consequence.getFirst())
                .startsWith(
                        switch (state) {
                            case 1 -> "20 LockReserved";
                            case 2 -> "20 Queued";
                            default -> "20 Escalated";
                        });
    }

    @Test
    void aLivelockLastsUntilAnOperatorBreaksIt() {
        var run = new TestRun(counting(5, 3));
        for (int rank = 0; rank < 5; rank++) {
            run.twoReports(10 * rank, rank);
        }
        run.at(1000, new OperatorHeal(new PartitionId(4))).until(60_000);
        assertThat(run.trace().all(QuorumJudged.class).map(QuorumJudged::state))
                .containsExactly(1, 1, 2, 2, 3);
        assertThat(completed(run)).containsExactly("P0 225", "P1 235", "P2 1225", "P3 1225");
        assertThat(
                        run.brief(
                                Queued.class,
                                Escalated.class,
                                Livelock.class,
                                Drained.class,
                                QuorumLost.class,
                                QuorumRestored.class))
                .containsExactly(
                        "20 QuorumLost 2 5",
                        "20 Queued P2 1",
                        "30 Queued P3 2",
                        "40 Escalated P4 QUORUM_LOST",
                        "235 Livelock 2",
                        "1000 QuorumRestored 3 5",
                        "1000 Drained 2");
        assertThat(run.count(AttemptFinished.class)).isEqualTo(4);
        for (int rank = 0; rank < 5; rank++) {
            var partition = new PartitionId(rank);
            var last =
                    run.trace()
                            .all(StatusChanged.class)
                            .filter(c -> c.partition().equals(partition))
                            .reduce((_, second) -> second)
                            .orElseThrow();
            assertThat(last.to()).hasToString("HEALTHY");
        }
    }

    /// Quorum is asked for once, when a recovery asks for the lock.
    @Test
    void whoWaitsIsServedAlthoughTheQuorumIsLost() {
        var run =
                new TestRun(counting(5, 1))
                        .twoReports(0, 0)
                        .twoReports(10, 1)
                        .twoReports(20, 2)
                        .until(10_000);
        assertThat(run.brief(QuorumJudged.class))
                .containsExactly(
                        "0 QuorumJudged P0 1 4 0 5",
                        "10 QuorumJudged P1 1 3 1 5",
                        "20 QuorumJudged P2 2 2 2 5");
        assertThat(completed(run)).containsExactly("P0 225", "P1 450", "P2 675");
    }

    // Operations in flight.

    private static TestRun operations(OnPauseTimeout policy, long service) {
        var recovery = Settings.recovery(2);
        var settings = counting(5, 2).with(Changed.in(recovery, "onPauseTimeout", policy));
        return new TestRun(settings)
                .at(400, operation(0, service))
                .twoReports(550, 2)
                .at(600, operation(1, 1))
                .at(1000, operation(1, 1))
                .at(5800, operation(1, 1))
                .until(60_000);
    }

    private static Operation operation(int rank, long millis) {
        return new Operation(new PartitionId(rank), Duration.ofMillis(millis));
    }

    @Test
    void aRecoveryGoesAheadInconsistentlyWhenThePauseTimesOut() {
        var run = operations(OnPauseTimeout.PROCEED, 7000);
        assertThat(
                        run.brief(
                                Paused.class,
                                PauseTimedOut.class,
                                Quiesced.class,
                                Resumed.class,
                                OperationRejected.class,
                                OperationCompleted.class,
                                AttemptFinished.class))
                .containsExactly(
                        "550 Paused",
                        "600 OperationRejected P1",
                        "1000 OperationRejected P1",
                        "5550 PauseTimedOut 1",
                        "5775 AttemptFinished P2 1 true true",
                        "5775 Resumed 5225",
                        "5801 OperationCompleted P1 1",
                        "7400 OperationCompleted P0 7000");
        assertThat(run.brief(PhaseEntered.class).getFirst())
                .isEqualTo("5550 PhaseEntered P2 DETECTING 1");
    }

    @Test
    void aRecoveryWaitsForOperationsThatEndInTime() {
        var run = operations(OnPauseTimeout.PROCEED, 2600);
        assertThat(run.brief(Paused.class, Quiesced.class, Resumed.class, AttemptFinished.class))
                .containsExactly(
                        "550 Paused",
                        "3000 Quiesced 2450",
                        "3225 AttemptFinished P2 1 true false",
                        "3225 Resumed 2675");
        assertThat(run.count(PauseTimedOut.class)).isZero();
    }

    @Test
    void aRecoveryThatMustNotGoAheadTriesAgain() {
        var run = operations(OnPauseTimeout.ABORT, 7000);
        assertThat(
                        run.brief(
                                Paused.class,
                                PauseTimedOut.class,
                                Quiesced.class,
                                Resumed.class,
                                RetryScheduled.class,
                                OperationRejected.class,
                                OperationCompleted.class,
                                AttemptFinished.class,
                                StatusChanged.class))
                .containsExactly(
                        "550 StatusChanged P2 HEALTHY SUSPECTED BARRIER_TIMEOUT",
                        "550 StatusChanged P2 SUSPECTED FAILED BARRIER_TIMEOUT",
                        "550 Paused",
                        "600 OperationRejected P1",
                        "1000 OperationRejected P1",
                        "5550 PauseTimedOut 1",
                        "5550 AttemptFinished P2 1 false false",
                        "5550 Resumed 5000",
                        "5550 RetryScheduled P2 1 100",
                        "5650 Paused",
                        "5800 OperationRejected P1",
                        "7400 OperationCompleted P0 7000",
                        "7400 Quiesced 1750",
                        "7625 AttemptFinished P2 2 true false",
                        "7625 StatusChanged P2 FAILED HEALTHY RECOVERED",
                        "7625 Resumed 1975");
        assertThat(run.brief(PhaseEntered.class).getFirst())
                .isEqualTo("7400 PhaseEntered P2 DETECTING 2");
    }

    /// Under ABORT nothing recovers while operations are in flight, not even who gets the permit of
    /// an attempt that was aborted.
    @Test
    void whoeverTakesOverFromAnAbortedAttemptDoesNotGoAheadEither() {
        var recovery = Settings.recovery(2);
        var abort =
                Changed.in(
                        recovery,
                        "maxConcurrent",
                        2,
                        "lockTimeout",
                        Duration.ofSeconds(30),
                        "onPauseTimeout",
                        OnPauseTimeout.ABORT);
        var run =
                new TestRun(counting(9, 2).with(abort))
                        .at(0, operation(0, 7000))
                        .twoReports(10, 1, 2, 3)
                        .until(60_000);
        assertThat(run.trace().all(AttemptFinished.class)).noneMatch(AttemptFinished::inconsistent);
        assertThat(run.trace().all(AttemptFinished.class).filter(AttemptFinished::succeeded))
                .hasSize(3);
        assertThat(run.brief(PhaseEntered.class)).allMatch(line -> !line.startsWith("5"));
    }

    // The boundaries of the confirmation time.

    @ParameterizedTest
    @CsvSource({"10999, SUSPECTED", "11000, FAILED"})
    void suspicionBecomesFailureAtTheEndOfTheConfirmationTime(long until, String status) {
        var run = new TestRun(confirming(3, 2, 1000)).twoReports(10_000, 1).until(until);
        assertThat(
                        run.trace()
                                .all(StatusChanged.class)
                                .reduce((_, last) -> last)
                                .orElseThrow()
                                .to())
                .hasToString(status);
    }

    @Test
    void runningInPartsIsRunningAtOnce() {
        var parts =
                new TestRun(confirming(3, 2, 1000))
                        .twoReports(0, 1)
                        .until(500)
                        .until(500)
                        .until(1000)
                        .until(1225);
        var once = new TestRun(confirming(3, 2, 1000)).twoReports(0, 1).until(1225);
        assertThat(parts.simulation().fingerprint()).isEqualTo(once.simulation().fingerprint());
        assertThat(parts.simulation().eventHash()).isEqualTo(once.simulation().eventHash());
        assertThat(completed(parts)).containsExactly("P1 1225");
    }

    @Test
    void toRunNoFurtherChangesNothingAndLosesNothing() {
        var run = new TestRun(counting(3, 2)).twoReports(0, 1).until(0);
        long executed = run.simulation().executed();
        run.until(0).until(0);
        assertThat(run.simulation().executed()).isEqualTo(executed);
        assertThat(completed(run)).isEmpty();
        assertThat(completed(run.until(225))).containsExactly("P1 225");
    }

    @Test
    void nobodyRunsBackInTime() {
        var run = new TestRun(counting(3, 2)).twoReports(0, 1).until(1000);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run.until(999))
                .withMessage("cannot run until 0.999s: it is already 1.000s");
    }

    /// Polls lie at 3000, 6000, 9000, 12000, …; suspicion stands from 10000 for 1000.
    @Test
    void aLongAdvanceExecutesEveryPollOnce() {
        var polled =
                Changed.in(
                        Settings.of(1).protocol().suspicion(),
                        "confirm",
                        Duration.ofMillis(1000),
                        "poll",
                        Duration.ofMillis(3000));
        var run =
                new TestRun(confirming(3, 2, 1000).with(polled))
                        .twoReports(10_000, 1)
                        .until(10_000)
                        .until(20_000);
        assertThat(run.brief(o -> o instanceof StatusChanged c && c.to().name().equals("FAILED")))
                .containsExactly("12000 StatusChanged P1 SUSPECTED FAILED CONFIRMED");
    }

    @Test
    void withoutConfirmationTimeSuspicionIsFollowedByFailureAtOnce() {
        var run = new TestRun(confirming(3, 2, 0)).twoReports(100, 1).until(10_000);
        assertThat(run.brief(StatusChanged.class))
                .containsExactly(
                        "100 StatusChanged P1 HEALTHY SUSPECTED BARRIER_TIMEOUT",
                        "100 StatusChanged P1 SUSPECTED FAILED CONFIRMED",
                        "325 StatusChanged P1 FAILED HEALTHY RECOVERED");
    }

    @Test
    void evidenceAtTheVeryEndOfTheConfirmationTimeComesFirst() {
        var run =
                new TestRun(confirming(3, 2, 1000))
                        .twoReports(0, 1)
                        .at(1000, new SignOfLife(TestRun.partitions(1)))
                        .until(10_000);
        assertThat(run.brief(StatusChanged.class))
                .containsExactly(
                        "0 StatusChanged P1 HEALTHY SUSPECTED BARRIER_TIMEOUT",
                        "1000 StatusChanged P1 SUSPECTED HEALTHY FALSE_ALARM");
    }
}
