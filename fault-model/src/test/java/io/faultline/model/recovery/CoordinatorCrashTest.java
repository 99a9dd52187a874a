package io.faultline.model.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.Changed;
import io.faultline.model.Probability;
import io.faultline.model.Settings;
import io.faultline.model.TestRun;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.Topology;
import io.faultline.model.detector.Healing;
import io.faultline.model.detector.SuspicionPolicy;
import io.faultline.model.fault.Crash;
import io.faultline.model.fault.NetworkSplit;
import io.faultline.model.fault.Selector;
import io.faultline.model.observation.Observed.AttemptFinished;
import io.faultline.model.observation.Observed.LockGranted;
import io.faultline.model.observation.Observed.OperationCompleted;
import io.faultline.model.observation.Observed.OperationRejected;
import io.faultline.model.observation.Observed.PauseTimedOut;
import io.faultline.model.observation.Observed.PhaseEntered;
import io.faultline.model.observation.Observed.Quiesced;
import io.faultline.model.observation.Observed.Reported;
import io.faultline.model.observation.Observed.StatusChanged;
import io.faultline.model.quorum.Fixed;
import io.faultline.model.script.Operation;
import io.faultline.model.script.OperatorHeal;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

/// The coordinator's state is durable: what falls due while its node is down happens when it is up
/// again, in the order in which it fell due.
class CoordinatorCrashTest {

    private static final Crash CRASH = new Crash(List.of(), Selector.of(Topology.COORDINATOR));

    private static TestRun run(SuspicionPolicy policy, int permits) {
        return new TestRun(
                Settings.of(5)
                        .with(Settings.recovery(permits))
                        .with(Settings.suspicion(policy, Duration.ofMillis(500))));
    }

    @Test
    void aPhaseThatEndsMeanwhileIsFollowedByTheNextAfterTheRestart() {
        var run =
                run(SuspicionPolicy.COUNTING, 2)
                        .twoReports(0, 1)
                        .during(60, 1000, CRASH)
                        .until(5000);
        assertThat(run.brief(PhaseEntered.class))
                .containsExactly(
                        "0 PhaseEntered P1 DETECTING 1",
                        "50 PhaseEntered P1 REDISTRIBUTING 1",
                        "1000 PhaseEntered P1 REBALANCING 1",
                        "1075 PhaseEntered P1 VALIDATING 1",
                        "1075 PhaseEntered P1 COMPLETE 1");
    }

    @Test
    void reportsAndConfirmationsWaitForTheRestart() {
        var run =
                run(SuspicionPolicy.CONFIRMING, 2)
                        .twoReports(0, 1)
                        .during(100, 2000, CRASH)
                        .twoReports(700, 2)
                        .until(2000);
        assertThat(run.brief(Reported.class, StatusChanged.class))
                .containsExactly(
                        "0 Reported P1 BARRIER_TIMEOUT 1",
                        "0 Reported P1 BARRIER_TIMEOUT 2",
                        "0 StatusChanged P1 HEALTHY SUSPECTED BARRIER_TIMEOUT",
                        "2000 StatusChanged P1 SUSPECTED FAILED CONFIRMED",
                        "2000 Reported P2 BARRIER_TIMEOUT 1",
                        "2000 Reported P2 BARRIER_TIMEOUT 2",
                        "2000 StatusChanged P2 HEALTHY SUSPECTED BARRIER_TIMEOUT");
    }

    /// Healed at 300 and reported again at 400, both in the coordinator's absence: the confirmation
    /// that was due at 500 belongs to the suspicion before.
    @Test
    void aConfirmationIsOfNoUseForALaterSuspicion() {
        var run =
                run(SuspicionPolicy.CONFIRMING, 2)
                        .twoReports(0, 1)
                        .during(100, 2000, CRASH)
                        .at(300, new OperatorHeal(new PartitionId(1)))
                        .twoReports(400, 1)
                        .until(10_000);
        assertThat(run.brief(StatusChanged.class))
                .startsWith(
                        "0 StatusChanged P1 HEALTHY SUSPECTED BARRIER_TIMEOUT",
                        "2000 StatusChanged P1 SUSPECTED HEALTHY OPERATOR",
                        "2000 StatusChanged P1 HEALTHY SUSPECTED BARRIER_TIMEOUT",
                        "2500 StatusChanged P1 SUSPECTED FAILED CONFIRMED");
    }

    /// P0's operation takes 7000; the pause times out at 5010.
    @Test
    void aPauseThatTimesOutMeanwhileDoesSoAfterTheRestart() {
        var run =
                run(SuspicionPolicy.COUNTING, 2)
                        .at(0, new Operation(new PartitionId(0), Duration.ofMillis(7000)))
                        .twoReports(10, 1)
                        .during(4000, 6000, CRASH)
                        .until(10_000);
        assertThat(run.brief(PauseTimedOut.class, AttemptFinished.class))
                .containsExactly("6000 PauseTimedOut 1", "6225 AttemptFinished P1 1 true true");
    }

    /// P0 is all that the pause waits for. In the coordinator's absence P0 fails, so that nobody is
    /// waited for any more, and then the time for the pause is over.
    @Test
    void aPauseThatIsQuietDoesNotTimeOut() {
        var run =
                run(SuspicionPolicy.COUNTING, 2)
                        .at(0, new Operation(new PartitionId(0), Duration.ofMillis(7000)))
                        .twoReports(10, 1)
                        .during(4000, 6000, CRASH)
                        .twoReports(4500, 0)
                        .until(10_000);
        assertThat(run.brief(Quiesced.class, PauseTimedOut.class, AttemptFinished.class))
                .containsExactly(
                        "6000 Quiesced 5990",
                        "6225 AttemptFinished P0 1 true false",
                        "6225 AttemptFinished P1 1 true false");
    }

    @Test
    void anOperatorsHealComesBeforeTheRetryThatFellDueLater() {
        var recovery = Settings.recovery(2);
        var failing = Changed.in(recovery, "phaseFailure", new Probability(1), "maxConcurrent", 2);
        var run =
                new TestRun(
                                Settings.of(5)
                                        .with(failing)
                                        .with(
                                                Settings.suspicion(
                                                        SuspicionPolicy.COUNTING, Duration.ZERO)))
                        .twoReports(0, 1)
                        .during(60, 1000, CRASH)
                        .at(100, new OperatorHeal(new PartitionId(1)))
                        .until(10_000);
        assertThat(run.brief(LockGranted.class)).hasSize(1);
        assertThat(run.brief(StatusChanged.class).getLast())
                .isEqualTo("1000 StatusChanged P1 FAILED HEALTHY OPERATOR");
    }

    /// P1 is down for good, and without it there is no quorum that could recover it. The detector
    /// that starts again at 12 s has nothing against P1, but has not heard from it either.
    @Test
    void aDetectorThatStartsAgainDoesNotTakeAFailureBackUnheard() {
        var settings =
                Settings.of(3)
                        .withHeartbeats()
                        .suspicion("healing", Healing.BY_HEARTBEAT)
                        .protocol("quorum", new Fixed(3));
        var run =
                new TestRun(settings)
                        .at(1000, new Crash(TestRun.partitions(1), Selector.NOBODY))
                        .during(10_000, 12_000, CRASH)
                        .until(30_000);
        assertThat(run.brief(StatusChanged.class))
                .containsExactly(
                        "2600 StatusChanged P1 HEALTHY SUSPECTED HEARTBEAT_MISS",
                        "5600 StatusChanged P1 SUSPECTED FAILED HEARTBEAT_MISS");
    }

    // What was lost while the node was down is said again.

    private static Operation brief(int rank) {
        return new Operation(new PartitionId(rank), Duration.ofMillis(1));
    }

    /// The end of the pause, at 225, does not reach P0; it would be sent again at 425, when the
    /// coordinator is down.
    @Test
    void aPartitionLearnsOfTheEndOfAPauseInTheEnd() {
        var run =
                run(SuspicionPolicy.COUNTING, 2)
                        .twoReports(0, 1)
                        .during(
                                200,
                                900,
                                new NetworkSplit(List.of(List.of(new NodeId("n0"))), false))
                        .during(300, 1000, CRASH)
                        .at(950, brief(0))
                        .at(1100, brief(0))
                        .until(5000);
        assertThat(run.brief(OperationRejected.class, OperationCompleted.class))
                .containsExactly("950 OperationRejected P0", "1101 OperationCompleted P0 1");
    }

    /// P0 restarts at 600 and asks whether there is a pause; nobody hears it.
    @Test
    void aPartitionThatAskedInVainIsAnswered() {
        var run =
                run(SuspicionPolicy.COUNTING, 2)
                        .during(500, 600, new Crash(TestRun.partitions(0), Selector.NOBODY))
                        .during(550, 1000, CRASH)
                        .at(950, brief(0))
                        .at(1100, brief(0))
                        .until(5000);
        assertThat(run.brief(OperationRejected.class, OperationCompleted.class))
                .containsExactly("950 OperationRejected P0", "1101 OperationCompleted P0 1");
    }

    /// P0's operation ends at 600; nobody hears that it has nothing in flight any more.
    @Test
    void aPauseGoesOnWithTheAnswersThatNobodyHeard() {
        var run =
                run(SuspicionPolicy.COUNTING, 2)
                        .at(0, new Operation(new PartitionId(0), Duration.ofMillis(600)))
                        .twoReports(10, 1)
                        .during(500, 1000, CRASH)
                        .until(5000);
        assertThat(run.brief(Quiesced.class, PauseTimedOut.class, AttemptFinished.class))
                .containsExactly("1000 Quiesced 990", "1225 AttemptFinished P1 1 true false");
    }
}
