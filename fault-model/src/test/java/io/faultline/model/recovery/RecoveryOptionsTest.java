package io.faultline.model.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.faultline.kernel.random.Constant;
import io.faultline.model.Changed;
import io.faultline.model.Probability;
import io.faultline.model.Settings;
import io.faultline.model.TestRun;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.detector.Healing;
import io.faultline.model.detector.SuspicionPolicy;
import io.faultline.model.fault.Crash;
import io.faultline.model.fault.FailingRecovery;
import io.faultline.model.fault.MessageLoss;
import io.faultline.model.fault.Selector;
import io.faultline.model.network.MessageKind;
import io.faultline.model.observation.Observed.AttemptFinished;
import io.faultline.model.observation.Observed.AttemptRestarted;
import io.faultline.model.observation.Observed.AttemptTimedOut;
import io.faultline.model.observation.Observed.Drained;
import io.faultline.model.observation.Observed.EntitiesMoved;
import io.faultline.model.observation.Observed.Escalated;
import io.faultline.model.observation.Observed.FaultTookEffect;
import io.faultline.model.observation.Observed.LateHeartbeat;
import io.faultline.model.observation.Observed.Livelock;
import io.faultline.model.observation.Observed.LockCollided;
import io.faultline.model.observation.Observed.LockGranted;
import io.faultline.model.observation.Observed.LockRefused;
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
import io.faultline.model.observation.Observed.Resumed;
import io.faultline.model.observation.Observed.RetryScheduled;
import io.faultline.model.observation.Observed.StatusChanged;
import io.faultline.model.quorum.Census;
import io.faultline.model.quorum.Ungated;
import io.faultline.model.script.Operation;
import io.faultline.model.script.OperatorHeal;
import io.faultline.model.script.OperatorRetry;
import io.faultline.model.script.RestartRecovery;
import io.faultline.model.script.SignOfLife;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Where systems disagree about recovery, either side can be chosen, and the choice shows.
class RecoveryOptionsTest {

    private static final PartitionId P0 = new PartitionId(0);
    private static final PartitionId P1 = new PartitionId(1);

    private static Settings counting(int partitions, int permits) {
        return Settings.of(partitions)
                .with(Settings.recovery(permits))
                .with(Settings.suspicion(SuspicionPolicy.COUNTING, Duration.ZERO));
    }

    private static Settings confirming(int partitions, int permits, long confirm) {
        return Settings.of(partitions)
                .with(Settings.recovery(permits))
                .with(Settings.suspicion(SuspicionPolicy.CONFIRMING, Duration.ofMillis(confirm)));
    }

    private static List<String> completed(TestRun run) {
        return run
                .brief(o -> o instanceof PhaseEntered p && p.phase() == RecoveryPhase.COMPLETE)
                .stream()
                .map(line -> line.split(" "))
                .map(words -> words[2] + " " + words[0])
                .toList();
    }

    private static FailingRecovery failing(int attempts) {
        return new FailingRecovery(List.of(), Optional.of(attempts), RecoveryPhase.VALIDATING);
    }

    // Who is counted.

    /// P0, P1 and P2 are suspected at 0 and fail at 500, one after another.
    private static TestRun threeOfFive(Census.Suspected suspected, Census.Denominator denominator) {
        return new TestRun(
                        confirming(5, 3, 500)
                                .protocol("census", new Census(suspected, denominator)))
                .twoReports(0, 0, 1, 2)
                .until(10_000);
    }

    @Test
    void suspectedPartitionsCostTheQuorumUnlessTheyCountAsActive() {
        var inactive = threeOfFive(Census.Suspected.INACTIVE, Census.Denominator.STATIC);
        assertThat(inactive.brief(QuorumLost.class)).containsExactly("0 QuorumLost 2 5");
        assertThat(inactive.brief(QuorumJudged.class))
                .containsExactly(
                        "500 QuorumJudged P0 3 2 0 5",
                        "500 QuorumJudged P1 3 2 0 5",
                        "500 QuorumJudged P2 3 2 0 5");
        var active = threeOfFive(Census.Suspected.ACTIVE, Census.Denominator.STATIC);
        assertThat(active.brief(QuorumJudged.class))
                .containsExactly(
                        "500 QuorumJudged P0 1 4 0 5",
                        "500 QuorumJudged P1 1 3 1 5",
                        "500 QuorumJudged P2 2 2 2 5");
        assertThat(completed(active)).containsExactly("P0 725", "P1 725", "P2 950");
    }

    @Test
    void aPartitionThatFailsLeavesTheViewSoThatTheRestIsAQuorum() {
        var view = threeOfFive(Census.Suspected.INACTIVE, Census.Denominator.VIEW);
        assertThat(view.brief(QuorumJudged.class))
                .containsExactly(
                        "500 QuorumJudged P0 3 2 0 4",
                        "500 QuorumJudged P1 1 2 0 3",
                        "500 QuorumJudged P2 1 2 1 2");
    }

    /// Even the last partition that fails finds a view of one to be judged by.
    @Test
    void withEverybodyFailedTheViewIsEmptyAndThereIsNoQuorum() {
        var run =
                new TestRun(
                                counting(2, 2)
                                        .protocol(
                                                "census",
                                                new Census(
                                                        Census.Suspected.INACTIVE,
                                                        Census.Denominator.VIEW)))
                        .twoReports(0, 0)
                        .twoReports(1, 1)
                        .until(100);
        assertThat(run.brief(QuorumJudged.class))
                .containsExactly("0 QuorumJudged P0 1 1 0 1", "1 QuorumJudged P1 2 0 1 0");
    }

    @Test
    void withoutAGateEveryFailureIsRecovered() {
        var gated = new TestRun(counting(4, 3)).twoReports(0, 0, 1, 2, 3).until(10_000);
        assertThat(completed(gated)).containsExactly("P0 225");
        var ungated =
                new TestRun(counting(4, 3).protocol("quorum", new Ungated()))
                        .twoReports(0, 0, 1, 2, 3)
                        .until(10_000);
        assertThat(completed(ungated)).containsExactly("P0 225", "P1 225", "P2 225", "P3 450");
    }

    // How failed partitions heal.

    /// P1's heartbeats from 500 to 6500 are lost, so it fails at 5100 and is heard from at 7000.
    /// Recoveries take 10 s.
    private static TestRun heardFrom(Healing healing) {
        var slow = Settings.of(3).protocol().recovery().phases();
        return new TestRun(
                        Settings.of(3)
                                .withHeartbeats()
                                .suspicion("healing", healing)
                                .recovery(
                                        "phases",
                                        Changed.in(slow, "detecting", new Constant(10e9))))
                .during(
                        400,
                        6600,
                        new MessageLoss(
                                new Probability(1),
                                List.of(MessageKind.HEARTBEAT),
                                Selector.of(new NodeId("n1")),
                                Selector.NOBODY))
                .until(20_000);
    }

    @Test
    void aFailedPartitionIsFencedOffUntilItsRecoveryIsComplete() {
        var run = heardFrom(Healing.BY_RECOVERY);
        assertThat(run.brief(StatusChanged.class))
                .containsExactly(
                        "2100 StatusChanged P1 HEALTHY SUSPECTED HEARTBEAT_MISS",
                        "5100 StatusChanged P1 SUSPECTED FAILED HEARTBEAT_MISS",
                        "15275 StatusChanged P1 FAILED HEALTHY RECOVERED");
        assertThat(run.count(LateHeartbeat.class)).isEqualTo(17);
    }

    /// The recovery goes on and completes, with nothing left to say of the status.
    @Test
    void orAHeartbeatHealsItInTheMiddleOfItsRecovery() {
        var run = heardFrom(Healing.BY_HEARTBEAT);
        assertThat(run.brief(StatusChanged.class))
                .containsExactly(
                        "2100 StatusChanged P1 HEALTHY SUSPECTED HEARTBEAT_MISS",
                        "5100 StatusChanged P1 SUSPECTED FAILED HEARTBEAT_MISS",
                        "7000 StatusChanged P1 FAILED HEALTHY HEARD");
        assertThat(completed(run)).containsExactly("P1 15275");
        assertThat(run.count(LateHeartbeat.class)).isEqualTo(1);
    }

    @Test
    void whoeverIsHeardFromWaitsForNoRecoveryAnyMore() {
        var run =
                new TestRun(
                                Settings.of(2)
                                        .withHeartbeats()
                                        .suspicion("healing", Healing.BY_HEARTBEAT)
                                        .recovery("requeueEscalated", true))
                        .during(
                                400,
                                6600,
                                new MessageLoss(
                                        new Probability(1),
                                        List.of(MessageKind.HEARTBEAT),
                                        Selector.of(new NodeId("n1")),
                                        Selector.NOBODY))
                        .until(20_000);
        assertThat(run.brief(Escalated.class, StatusChanged.class, Queued.class, Drained.class))
                .containsExactly(
                        "2100 StatusChanged P1 HEALTHY SUSPECTED HEARTBEAT_MISS",
                        "5100 StatusChanged P1 SUSPECTED FAILED HEARTBEAT_MISS",
                        "5100 Escalated P1 QUORUM_LOST",
                        "7000 StatusChanged P1 FAILED HEALTHY HEARD");
    }

    /// P1 fails at 0 and 200, and is heard from in between, while P2 is busy until 1000.
    @Test
    void aPartitionThatFailsAgainHasTheRecoveryThatIsUnderWay() {
        var run =
                new TestRun(
                                counting(3, 1)
                                        .suspicion("healing", Healing.BY_HEARTBEAT)
                                        .recovery("attempts", 1))
                        .at(0, new Operation(new PartitionId(2), Duration.ofMillis(1000)))
                        .twoReports(0, 1)
                        .at(100, new SignOfLife(TestRun.partitions(1)))
                        .twoReports(200, 1)
                        .until(5_000);
        assertThat(run.brief(StatusChanged.class, LockRefused.class, AttemptFinished.class))
                .containsExactly(
                        "0 StatusChanged P1 HEALTHY SUSPECTED BARRIER_TIMEOUT",
                        "0 StatusChanged P1 SUSPECTED FAILED BARRIER_TIMEOUT",
                        "100 StatusChanged P1 FAILED HEALTHY HEARD",
                        "200 StatusChanged P1 HEALTHY SUSPECTED BARRIER_TIMEOUT",
                        "200 StatusChanged P1 SUSPECTED FAILED BARRIER_TIMEOUT",
                        "200 LockRefused P1 ALREADY_RECOVERING",
                        "1225 AttemptFinished P1 1 true false",
                        "1225 StatusChanged P1 FAILED HEALTHY RECOVERED");
    }

    // How the pause is shared.

    /// P0 fails at 100 and P1 at 200, while P2 is busy until 1000.
    private static TestRun overlapping(PauseSharing sharing) {
        return new TestRun(counting(7, 2).recovery("pause", sharing))
                .at(0, new Operation(new PartitionId(2), Duration.ofMillis(1000)))
                .twoReports(100, 0)
                .twoReports(200, 1)
                .at(500, new Operation(new PartitionId(3), Duration.ofMillis(1)))
                .until(20_000);
    }

    @Test
    void recoveriesThatCountThePauseWaitTogetherAndResumeOnce() {
        var run = overlapping(PauseSharing.COUNTED);
        assertThat(completed(run)).containsExactly("P0 1225", "P1 1225");
        assertThat(run.brief(Paused.class, Resumed.class))
                .containsExactly("100 Paused", "1225 Resumed 1125");
        assertThat(run.count(OperationRejected.class)).isOne();
    }

    /// P1 does not wait, and ends P0's pause at 425; so nobody tells P0 any more that operations
    /// are over, and it goes ahead when the time for that is up.
    @Test
    void aFlagLetsTheSecondSkipTheWaitAndTheFirstToFinishResumeEverybody() {
        var run = overlapping(PauseSharing.FLAG);
        assertThat(completed(run)).containsExactly("P1 425", "P0 5325");
        assertThat(run.brief(Paused.class, Resumed.class, PauseTimedOut.class))
                .containsExactly("100 Paused", "425 Resumed 325", "5100 PauseTimedOut 1");
        assertThat(run.brief(AttemptFinished.class))
                .containsExactly(
                        "425 AttemptFinished P1 1 true true",
                        "5325 AttemptFinished P0 1 true true");
        assertThat(run.count(OperationRejected.class)).isZero();
    }

    /// P1 finds P0's pause, which ends at 225; at 325 there is another one, that of P2, which P1
    /// ends in its turn.
    @Test
    void whereThePauseIsAFlagWhoeverWorksOnAfterItsEndIsInconsistent() {
        var run =
                new TestRun(counting(9, 3).recovery("pause", PauseSharing.FLAG))
                        .twoReports(0, 0)
                        .twoReports(100, 1)
                        .twoReports(250, 2)
                        .until(20_000);
        assertThat(run.brief(Paused.class, Resumed.class, AttemptFinished.class))
                .containsExactly(
                        "0 Paused",
                        "225 AttemptFinished P0 1 true false",
                        "225 Resumed 225",
                        "250 Paused",
                        "325 AttemptFinished P1 1 true true",
                        "325 Resumed 75",
                        "475 AttemptFinished P2 1 true true");
    }

    /// P2 is busy for long. P0 begins a pause at 0, which P1 ends when its attempt fails at 225; P1
    /// begins another one at 325, and the time for both of them is over at 5325.
    @Test
    void whereThePauseIsAFlagAllWhoWaitedAbortTogether() {
        var run =
                new TestRun(
                                counting(7, 2)
                                        .recovery(
                                                "pause",
                                                PauseSharing.FLAG,
                                                "onPauseTimeout",
                                                OnPauseTimeout.ABORT))
                        .at(
                                0,
                                new FailingRecovery(
                                        TestRun.partitions(1),
                                        Optional.of(1),
                                        RecoveryPhase.VALIDATING))
                        .at(0, new Operation(new PartitionId(2), Duration.ofMillis(20_000)))
                        .twoReports(0, 0, 1)
                        .until(5_350);
        assertThat(run.brief(Paused.class, PauseTimedOut.class, AttemptFinished.class))
                .containsExactly(
                        "0 Paused",
                        "225 AttemptFinished P1 1 false true",
                        "325 Paused",
                        "5325 PauseTimedOut 1",
                        "5325 AttemptFinished P0 1 false false",
                        "5325 AttemptFinished P1 2 false false");
    }

    /// P0 is healthy at 225, but P1 is being recovered until 325.
    @Test
    void whoeverIsBackDuringAPauseIsToldOfItAndKeepsToIt() {
        var run =
                new TestRun(counting(7, 2))
                        .twoReports(0, 0)
                        .twoReports(100, 1)
                        .at(250, new Operation(P0, Duration.ofMillis(1)))
                        .at(350, new Operation(P0, Duration.ofMillis(1)))
                        .until(20_000);
        assertThat(completed(run)).containsExactly("P0 225", "P1 325");
        assertThat(run.brief(OperationRejected.class, OperationCompleted.class))
                .containsExactly("250 OperationRejected P0", "351 OperationCompleted P0 1");
    }

    /// P1 is busy until 1500 and P2 until 1000.
    @Test
    void operationsOfWhoeverIsHeardFromAreWaitedForAgain() {
        var run =
                new TestRun(counting(7, 2).suspicion("healing", Healing.BY_HEARTBEAT))
                        .at(0, new Operation(new PartitionId(1), Duration.ofMillis(1500)))
                        .at(0, new Operation(new PartitionId(2), Duration.ofMillis(1000)))
                        .twoReports(10, 0, 1)
                        .at(100, new SignOfLife(TestRun.partitions(1)))
                        .until(20_000);
        assertThat(run.brief(Quiesced.class)).containsExactly("1500 Quiesced 1490");
    }

    // What counts as being in progress.

    /// Of nine, P0 to P3 fail at 0 while there is a quorum; one of them recovers, three wait. P4
    /// fails at 10, and with it the quorum.
    @ParameterizedTest
    @EnumSource(InProgress.class)
    void waitersCountAsBeingInProgressUnlessOnlyHoldersDo(InProgress counted) {
        var run =
                new TestRun(counting(9, 1).recovery("inProgress", counted))
                        .twoReports(0, 0, 1, 2, 3)
                        .twoReports(10, 4)
                        .until(20);
        assertThat(run.brief(QuorumJudged.class))
                .endsWith(
                        counted == InProgress.HOLDERS
                                ? "10 QuorumJudged P4 2 4 1 9"
                                : "10 QuorumJudged P4 2 4 4 9");
    }

    // When recoveries that were put off start.

    /// P3 is put off at 10, since P0 to P2 have failed before. All attempts fail, so that there is
    /// no quorum until the operator heals P0.
    private static TestRun putOff(Drain drain) {
        return new TestRun(counting(7, 3).recovery("drain", drain, "attempts", 1))
                .at(0, new FailingRecovery(List.of(), Optional.empty(), RecoveryPhase.DETECTING))
                .twoReports(0, 0, 1, 2)
                .twoReports(10, 3)
                .at(1000, new OperatorHeal(P0))
                .until(20_000);
    }

    @Test
    void anOperatorsHealStartsWhatWasPutOff() {
        var run = putOff(Drain.EVERY_RETURN);
        assertThat(run.brief(Queued.class, Livelock.class, Drained.class))
                .containsExactly("10 Queued P3 1", "50 Livelock 1", "1000 Drained 1");
    }

    @Test
    void orItGoesUnnoticedWhereOnlySuccessesAreLookedAt() {
        var run = putOff(Drain.AFTER_SUCCESS);
        assertThat(run.brief(Queued.class, Livelock.class, Drained.class))
                .containsExactly("10 Queued P3 1", "50 Livelock 1");
    }

    @Test
    void whatWasEscalatedStaysSoUnlessItIsPutOffOnceThereIsAQuorum() {
        for (boolean requeue : new boolean[] {false, true}) {
            var run =
                    new TestRun(counting(3, 2).recovery("requeueEscalated", requeue, "attempts", 1))
                            .report(0, 0, 1)
                            .report(10, 1)
                            .at(1000, new OperatorHeal(P0))
                            .until(20_000);
            assertThat(run.brief(Escalated.class, Queued.class, Drained.class))
                    .containsExactlyElementsOf(
                            requeue
                                    ? List.of(
                                            "10 Escalated P1 QUORUM_LOST",
                                            "1000 Queued P1 1",
                                            "1000 Drained 1")
                                    : List.of("10 Escalated P1 QUORUM_LOST"));
            assertThat(completed(run))
                    .containsExactlyElementsOf(requeue ? List.of("P1 1225") : List.of());
        }
    }

    // The lock.

    /// Twelve partitions fail at once, two may recover at a time for four seconds each, the others
    /// try again after five seconds, three times: 2 · (1 + 3) recover, with 12 + 10 + 8 + 6
    /// attempts, although permits are free most of the time.
    @Test
    void whoeverTriesAgainAfterAFixedWaitMayNeverGetAPermit() {
        var run = tryLock(12, 2, 4, 5, 3);
        assertThat(completed(run)).hasSize(8).last().isEqualTo("P7 19000");
        assertThat(run.count(AttemptFinished.class)).isEqualTo(36);
        assertThat(run.count(LockTimedOut.class)).isEqualTo(28);
        assertThat(run.count(Escalated.class)).isEqualTo(4);
    }

    /// Ten, one at a time for one second, tried again every two: 10 + 9 + … + 1 attempts.
    @Test
    void orGetsOneAfterManyAttempts() {
        var run = tryLock(10, 1, 1, 2, 100);
        assertThat(completed(run)).hasSize(10).last().isEqualTo("P9 19000");
        assertThat(run.count(AttemptFinished.class)).isEqualTo(55);
    }

    private static TestRun tryLock(
            int partitions, int permits, int seconds, int backoff, int retries) {
        return new TestRun(
                        oneStep(partitions, permits, seconds)
                                .recovery(
                                        "lockTimeout",
                                        Duration.ZERO,
                                        "onLockTimeout",
                                        OnLockTimeout.RETRY,
                                        "attempts",
                                        retries + 1,
                                        "backoff",
                                        fixed(backoff, new None())))
                .twoReports(0, IntStream.range(0, partitions).toArray())
                .until(1_000_000);
    }

    /// Recoveries consist of one step and ask for no quorum.
    private static Settings oneStep(int partitions, int permits, double seconds) {
        return counting(partitions, permits)
                .protocol("quorum", new Ungated())
                .recovery("strategy", new Noop(new Constant(seconds * 1e9)));
    }

    private static Backoff fixed(int seconds, Jitter jitter) {
        return new Backoff(Duration.ofSeconds(seconds), 1, Duration.ofHours(1), jitter);
    }

    @Test
    void recoveriesThatCollideWithTheSameWaitNeverGetAnywhere() {
        var run = collide(new None(), 1000);
        assertThat(completed(run)).isEmpty();
        assertThat(run.count(LockCollided.class)).isEqualTo(2000);
        assertThat(run.count(Escalated.class)).isEqualTo(2);
    }

    @Test
    void unlessChanceSetsThemApart() {
        assertThat(completed(collide(new Slots(8), 1000))).hasSize(2);
        assertThat(completed(collide(new Full(), 1000))).hasSize(2);
    }

    @Test
    void recoveriesDoNotCollideIfThereArePermitsForAll() {
        var run =
                new TestRun(oneStep(3, 2, 1).recovery("contention", Contention.COLLIDE))
                        .twoReports(0, 0, 1)
                        .twoReports(500, 2)
                        .until(60_000);
        assertThat(run.brief(LockGranted.class, LockCollided.class))
                .containsExactly(
                        "0 LockGranted P0 0",
                        "0 LockGranted P1 0",
                        "500 LockCollided P2 1",
                        "600 LockCollided P2 1",
                        "800 LockCollided P2 1");
    }

    private static TestRun collide(Jitter jitter, int attempts) {
        return new TestRun(
                        oneStep(2, 1, 0.5)
                                .recovery(
                                        "contention",
                                        Contention.COLLIDE,
                                        "attempts",
                                        attempts,
                                        "backoff",
                                        fixed(1, jitter)))
                .twoReports(0, 0, 1)
                .until(10_000_000);
    }

    @Test
    void anOperatorWhoAsksForASecondRecoveryIsRefused() {
        var run =
                new TestRun(counting(3, 2))
                        .twoReports(0, 0)
                        .at(10, new OperatorRetry(P0))
                        .until(1000);
        assertThat(run.brief(LockRefused.class))
                .containsExactly("10 LockRefused P0 ALREADY_RECOVERING");
    }

    // Time-outs and restarts.

    @Test
    void anAttemptThatTakesTooLongFails() {
        var run =
                new TestRun(counting(3, 2).recovery("timeout", Duration.ofMillis(200)))
                        .twoReports(0, 0)
                        .until(10_000);
        assertThat(run.brief(AttemptTimedOut.class, AttemptFinished.class, RetryScheduled.class))
                .startsWith(
                        "200 AttemptTimedOut P0 1",
                        "200 AttemptFinished P0 1 false false",
                        "200 RetryScheduled P0 1 100");
        assertThat(run.brief(Escalated.class))
                .containsExactly("900 Escalated P0 RETRIES_EXHAUSTED");
    }

    @Test
    void anAttemptThatEndsAtItsTimeOutIsInTime() {
        var run =
                new TestRun(counting(3, 2).recovery("timeout", Duration.ofMillis(225)))
                        .twoReports(0, 0)
                        .until(10_000);
        assertThat(completed(run)).containsExactly("P0 225");
        assertThat(run.count(AttemptTimedOut.class)).isZero();
    }

    /// The restart at 50 comes before the end of the phase at 50.
    @Test
    void aRestartBreaksOffOneAttemptAndLeavesTheOthersAlone() {
        var run =
                new TestRun(counting(5, 2))
                        .twoReports(0, 0, 1)
                        .at(50, new RestartRecovery(P1))
                        .until(10_000);
        assertThat(run.brief(o -> o instanceof PhaseEntered p && p.partition().equals(P1)))
                .containsExactly(
                        "0 PhaseEntered P1 DETECTING 1",
                        "50 PhaseEntered P1 DETECTING 2",
                        "100 PhaseEntered P1 REDISTRIBUTING 2",
                        "200 PhaseEntered P1 REBALANCING 2",
                        "275 PhaseEntered P1 VALIDATING 2",
                        "275 PhaseEntered P1 COMPLETE 2");
        assertThat(run.brief(AttemptFinished.class))
                .containsExactly(
                        "225 AttemptFinished P0 1 true false",
                        "275 AttemptFinished P1 2 true false");
        assertThat(run.brief(AttemptRestarted.class)).containsExactly("50 AttemptRestarted P1 1");
    }

    @Test
    void aRestartOfNothingChangesNothing() {
        var run =
                new TestRun(counting(5, 2))
                        .twoReports(0, 0)
                        .at(300, new RestartRecovery(P0))
                        .until(10_000);
        assertThat(run.count(AttemptRestarted.class)).isZero();
        assertThat(completed(run)).containsExactly("P0 225");
    }

    // Failing attempts.

    /// Twice an attempt fails at its end, after 225 ms; the waits are 100 ms and 200 ms.
    @Test
    void attemptsFailAsOftenAsIsPlanned() {
        var run = new TestRun(counting(3, 2)).at(0, failing(2)).twoReports(0, 0).until(10_000);
        assertThat(run.brief(AttemptFinished.class))
                .containsExactly(
                        "225 AttemptFinished P0 1 false false",
                        "550 AttemptFinished P0 2 false false",
                        "975 AttemptFinished P0 3 true false");
        assertThat(run.count(FaultTookEffect.class)).isOne();
    }

    @Test
    void afterItsEndAFailingRecoveryFailsNoMore() {
        var run =
                new TestRun(counting(3, 2)).during(0, 300, failing(9)).twoReports(0, 0).until(9000);
        assertThat(run.brief(AttemptFinished.class))
                .containsExactly(
                        "225 AttemptFinished P0 1 false false",
                        "550 AttemptFinished P0 2 true false");
    }

    @Test
    void aFailingRecoveryConcernsItsPartitionsAndItsPhase() {
        var run =
                new TestRun(counting(5, 2))
                        .at(
                                0,
                                new FailingRecovery(
                                        List.of(P1), Optional.of(1), RecoveryPhase.DETECTING))
                        .twoReports(0, 0, 1)
                        .until(10_000);
        assertThat(run.brief(AttemptFinished.class))
                .containsExactly(
                        "50 AttemptFinished P1 1 false false",
                        "225 AttemptFinished P0 1 true false",
                        "375 AttemptFinished P1 2 true false");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new FailingRecovery(List.of(), Optional.empty(), RecoveryPhase.COMPLETE));
        assertThatIllegalArgumentException().isThrownBy(() -> failing(0));
    }

    @Test
    void aFailingRecoveryThatMeetsNoRecoveryTakesNoEffect() {
        var run = new TestRun(counting(3, 2)).at(0, failing(2)).until(10_000);
        assertThat(run.count(FaultTookEffect.class)).isZero();
    }

    // Strategies.

    private static Step step(double millis) {
        return new Step(Settings.millis(millis), Probability.NEVER);
    }

    @Test
    void aMeetingAtTheBarrierMovesNoEntities() {
        var run =
                new TestRun(counting(3, 2).recovery("strategy", new BarrierSync(step(40))))
                        .twoReports(0, 0)
                        .until(10_000);
        assertThat(completed(run)).containsExactly("P0 40");
        assertThat(run.trace().all(EntitiesMoved.class)).isEmpty();
    }

    /// Three attempts at the barrier, with 100 ms and 200 ms in between, then the next level.
    @Test
    void aCascadeGoesOnToItsNextLevelWithoutAWait() {
        var run =
                new TestRun(counting(3, 2).recovery("strategy", new Cascading(step(40), step(60))))
                        .at(0, failing(3))
                        .twoReports(0, 0)
                        .until(10_000);
        assertThat(run.brief(AttemptFinished.class, RetryScheduled.class))
                .containsExactly(
                        "40 AttemptFinished P0 1 false false",
                        "40 RetryScheduled P0 1 100",
                        "180 AttemptFinished P0 2 false false",
                        "180 RetryScheduled P0 2 200",
                        "420 AttemptFinished P0 3 false false",
                        "420 RetryScheduled P0 3 0",
                        "480 AttemptFinished P0 4 true false");
    }

    /// Nine attempts and 3 · (100 + 200) ms of waiting.
    @Test
    void aCascadeOfWhichEverythingFailsIsGivenUpAfterItsLastLevel() {
        var run =
                new TestRun(counting(3, 2).recovery("strategy", new Cascading(step(40), step(60))))
                        .at(0, failing(100))
                        .twoReports(0, 0)
                        .until(10_000);
        assertThat(run.count(AttemptFinished.class)).isEqualTo(9);
        assertThat(run.brief(Escalated.class))
                .containsExactly(900 + 3 * (40 + 60 + 225) + " Escalated P0 RETRIES_EXHAUSTED");
    }

    @Test
    void aStepFailsByItsOwnChance() {
        var sync = new Step(Settings.millis(40), new Probability(1));
        var run =
                new TestRun(counting(3, 2).recovery("strategy", new Cascading(sync, step(60))))
                        .twoReports(0, 0)
                        .until(10_000);
        assertThat(run.brief(AttemptFinished.class))
                .last()
                .asString()
                .endsWith("AttemptFinished P0 4 true false");
    }

    @Test
    void nothingAtAllTakesAsLongAsItIsSaidTo() {
        var run =
                new TestRun(counting(3, 2).recovery("strategy", new Noop(Settings.millis(70))))
                        .at(0, new Crash(List.of(P0), Selector.NOBODY))
                        .twoReports(0, 0)
                        .until(10_000);
        assertThat(completed(run)).containsExactly("P0 70");
        assertThat(run.world().node(new NodeId("n0")).isUp()).isTrue();
    }
}
