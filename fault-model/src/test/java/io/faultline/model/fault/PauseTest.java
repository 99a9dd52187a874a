package io.faultline.model.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.faultline.model.Bandwidth;
import io.faultline.model.Bytes;
import io.faultline.model.Settings;
import io.faultline.model.TestRun;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.Topology;
import io.faultline.model.detector.watch.Ring;
import io.faultline.model.network.MessageKind;
import io.faultline.model.observation.Observed;
import io.faultline.model.observation.Observed.AttemptFinished;
import io.faultline.model.observation.Observed.FaultTookEffect;
import io.faultline.model.observation.Observed.LateHeartbeat;
import io.faultline.model.observation.Observed.MessageDelivered;
import io.faultline.model.observation.Observed.NodePaused;
import io.faultline.model.observation.Observed.NodeRestarted;
import io.faultline.model.observation.Observed.NodeResumed;
import io.faultline.model.observation.Observed.OperationCompleted;
import io.faultline.model.observation.Observed.OperationLost;
import io.faultline.model.observation.Observed.PartitionDown;
import io.faultline.model.observation.Observed.PartitionUp;
import io.faultline.model.observation.Observed.PhaseEntered;
import io.faultline.model.observation.Observed.StatusChanged;
import io.faultline.model.recovery.RecoveryPhase;
import io.faultline.model.recovery.TransferSettings;
import io.faultline.model.script.Operation;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Nodes that stand still for a while, and lose nothing.
class PauseTest {

    private static final NodeId N1 = new NodeId("n1");
    private static final PartitionId P1 = new PartitionId(1);
    private static final Pause OF_N1 = new Pause(Selector.of(N1));
    private static final Pause OF_COORDINATOR = new Pause(Selector.of(Topology.COORDINATOR));

    private static Operation operation(long millis) {
        return new Operation(P1, Duration.ofMillis(millis));
    }

    private static boolean isEvent(Observed what) {
        return switch (what) {
            case Observed.PartitionPlaced _,
                    Observed.MessageDelivered _,
                    Observed.FaultInjected _,
                    Observed.FaultHealed _,
                    Observed.ActionTaken _,
                    FaultTookEffect _ ->
                    false;
            default -> true;
        };
    }

    private static List<String> heartbeatsOfN1(TestRun run) {
        return run
                .brief(o ->
                        o instanceof MessageDelivered(var kind, var from, _, _)
                                && kind == MessageKind.HEARTBEAT
                                && from.equals(N1))
                .stream()
                .map(line -> line.substring(0, line.indexOf(' ')))
                .toList();
    }

    /// Suspicion after more than 2 s of silence, failure after more than 5 s; the last heartbeat
    /// was sent at 1000.
    @Test
    void aPauseBetweenSuspicionAndFailureIsASuspicionThatIsWithdrawnAndNothingElse() {
        var run =
                new TestRun(Settings.of(3).withHeartbeats())
                        .during(1200, 3700, OF_N1)
                        .until(20_000);
        assertThat(run.brief(PauseTest::isEvent))
                .containsExactly(
                        "1200 NodePaused n1",
                        "1200 PartitionDown P1 PAUSED",
                        "3100 StatusChanged P1 HEALTHY SUSPECTED HEARTBEAT_MISS",
                        "3700 NodeResumed n1",
                        "3700 PartitionUp P1",
                        "3700 StatusChanged P1 SUSPECTED HEALTHY FALSE_ALARM");
        assertThat(heartbeatsOfN1(run))
                .startsWith("0", "500", "1000", "3700", "3700", "3700", "3700", "3700", "4000");
    }

    /// Silence is measured at the check of 1200, which runs at the end of the pause and before the
    /// heartbeats that came after it. The last one before came at 1000.
    @Test
    void aMonitorThatWakesUpFindsEverybodySilentAndThenHearsThem() {
        var unnoticed =
                new TestRun(Settings.of(3).withHeartbeats())
                        .during(1200, 3000, OF_COORDINATOR)
                        .until(20_000);
        assertThat(unnoticed.count(StatusChanged.class)).isZero();
        var noticed =
                new TestRun(Settings.of(3).withHeartbeats())
                        .during(1200, 3001, OF_COORDINATOR)
                        .until(20_000);
        assertThat(noticed.brief(StatusChanged.class))
                .containsExactly(
                        "3001 StatusChanged P0 HEALTHY SUSPECTED HEARTBEAT_MISS",
                        "3001 StatusChanged P1 HEALTHY SUSPECTED HEARTBEAT_MISS",
                        "3001 StatusChanged P2 HEALTHY SUSPECTED HEARTBEAT_MISS",
                        "3100 StatusChanged P0 SUSPECTED HEALTHY FALSE_ALARM",
                        "3100 StatusChanged P1 SUSPECTED HEALTHY FALSE_ALARM",
                        "3100 StatusChanged P2 SUSPECTED HEALTHY FALSE_ALARM");
        assertThat(noticed.count(PartitionDown.class)).isZero();
    }

    @Test
    void aMonitorThatSleepsForLongerThanItTakesToFailTakesEverybodyToHaveFailed() {
        var run =
                new TestRun(Settings.of(3).withHeartbeats())
                        .during(1200, 6001, OF_COORDINATOR)
                        .until(6001);
        assertThat(run.brief(StatusChanged.class))
                .containsSubsequence(
                        "6001 StatusChanged P0 SUSPECTED FAILED HEARTBEAT_MISS",
                        "6001 StatusChanged P1 SUSPECTED FAILED HEARTBEAT_MISS",
                        "6001 StatusChanged P2 SUSPECTED FAILED HEARTBEAT_MISS");
        assertThat(run.brief(LateHeartbeat.class)).contains("6001 LateHeartbeat P1");
    }

    /// P1 watches P2 and P0, and is paused: it accuses both when it wakes up. Nobody follows, since
    /// by then P1 is suspected itself and is not heard.
    @Test
    void aWatcherAmongPeersThatWakesUpIsNotBelieved() {
        var run =
                new TestRun(Settings.of(4).withHeartbeats(new Ring(2, 1)))
                        .during(1200, 4000, OF_N1)
                        .until(20_000);
        assertThat(run.brief(StatusChanged.class))
                .allSatisfy(line -> assertThat(line).contains(" P1 "))
                .hasSize(2);
    }

    /// 100 of 300 ms were done. What came at 500 waits behind that.
    @Test
    void whatIsInServiceTakesAsMuchLongerAndWhatArrivesWaits() {
        var run =
                new TestRun(Settings.of(2))
                        .at(0, operation(300))
                        .at(500, operation(50))
                        .during(100, 1100, OF_N1)
                        .at(1200, operation(50))
                        .until(20_000);
        assertThat(run.brief(OperationCompleted.class, OperationLost.class))
                .containsExactly(
                        "1300 OperationCompleted P1 1300",
                        "1350 OperationCompleted P1 850",
                        "1400 OperationCompleted P1 200");
    }

    @Test
    void clientsGoOnAskingAndNothingThatTheyAskForIsLost() {
        var settings = Settings.of(2).with(Settings.workload(20, Settings.millis(10)));
        var without = new TestRun(settings, 3).until(20_000);
        var with = new TestRun(settings, 3).during(5000, 7000, OF_N1).until(20_000);
        assertThat(with.count(OperationCompleted.class))
                .isEqualTo(without.count(OperationCompleted.class))
                .isGreaterThan(700);
        assertThat(with.count(OperationLost.class)).isZero();
        assertThat(longest(with)).isBetween(1.8, 2.1);
        assertThat(longest(without)).isLessThan(0.2);
    }

    private static double longest(TestRun run) {
        return run.trace()
                .all(OperationCompleted.class)
                .mapToDouble(done -> done.latency().toNanos() / 1e9)
                .max()
                .orElseThrow();
    }

    /// Suspicion raised at 0 has stood for 5 s at 5000, in the middle of the pause. A phase that
    /// ends in the next pause ends with it.
    @Test
    void whatFallsDueInAPauseIsDoneAtItsEnd() {
        var run =
                new TestRun(Settings.of(3))
                        .twoReports(0, 1)
                        .during(4000, 7000, OF_COORDINATOR)
                        .during(7100, 8000, OF_COORDINATOR)
                        .until(10_000);
        assertThat(run.brief(StatusChanged.class, PhaseEntered.class))
                .containsExactly(
                        "0 StatusChanged P1 HEALTHY SUSPECTED BARRIER_TIMEOUT",
                        "7000 StatusChanged P1 SUSPECTED FAILED CONFIRMED",
                        "7000 PhaseEntered P1 DETECTING 1",
                        "7050 PhaseEntered P1 REDISTRIBUTING 1",
                        "8000 PhaseEntered P1 REBALANCING 1",
                        "8075 PhaseEntered P1 VALIDATING 1",
                        "8075 PhaseEntered P1 COMPLETE 1",
                        "8075 StatusChanged P1 FAILED HEALTHY RECOVERED");
    }

    @Test
    void aCoordinatorThatCrashesWhileItIsPausedDoesWhatFellDueWhenItGoesOn() {
        var run =
                new TestRun(Settings.of(3))
                        .twoReports(0, 1)
                        .during(4000, 9000, OF_COORDINATOR)
                        .during(6000, 7000, crash(Topology.COORDINATOR))
                        .until(9000);
        assertThat(run.brief(StatusChanged.class, NodeRestarted.class))
                .containsExactly(
                        "0 StatusChanged P1 HEALTHY SUSPECTED BARRIER_TIMEOUT",
                        "7000 NodeRestarted coordinator 2",
                        "9000 StatusChanged P1 SUSPECTED FAILED CONFIRMED");
    }

    /// It was asked for operations at 900 and 1500, and starts again while it is to be paused.
    @Test
    void aCrashLosesWhatWaitsAndAnEarlierStartWaitsForTheEndOfThePause() {
        var run =
                new TestRun(Settings.of(3).withHeartbeats())
                        .at(900, operation(500))
                        .during(1000, 2400, OF_N1)
                        .at(1500, operation(10))
                        .during(2000, 2200, crash(N1))
                        .until(10_000);
        assertThat(run.brief(PauseTest::isEvent))
                .containsExactly(
                        "1000 NodePaused n1",
                        "1000 PartitionDown P1 PAUSED",
                        "2000 NodeCrashed n1",
                        "2000 OperationLost P1",
                        "2000 OperationLost P1",
                        "2200 NodeRestarted n1 2",
                        "2200 NodePaused n1",
                        "2400 NodeResumed n1",
                        "2400 PartitionUp P1");
        assertThat(heartbeatsOfN1(run)).startsWith("0", "500", "2500", "3000");
    }

    @Test
    void pausesThatOverlapEndWithTheLast() {
        var run =
                new TestRun(Settings.of(3))
                        .during(1000, 3000, OF_N1)
                        .during(2000, 4000, OF_N1)
                        .until(5000);
        assertThat(run.brief(NodePaused.class, NodeResumed.class, FaultTookEffect.class))
                .containsExactly(
                        "1000 FaultTookEffect 0",
                        "1000 NodePaused n1",
                        "3000 FaultTookEffect 1",
                        "4000 NodeResumed n1");
    }

    @Test
    void aPauseOfANodeThatIsDownTakesEffectWhenItStarts() {
        var run =
                new TestRun(Settings.of(3))
                        .during(1000, 2000, crash(N1))
                        .during(1500, 3000, OF_N1)
                        .during(1600, 1700, OF_N1)
                        .until(5000);
        assertThat(run.brief(PartitionUp.class, NodePaused.class, FaultTookEffect.class))
                .containsExactly(
                        "1000 FaultTookEffect 0",
                        "2000 FaultTookEffect 1",
                        "2000 NodePaused n1",
                        "3000 PartitionUp P1");
    }

    /// The second half of a second's worth of data leaves after the pause.
    @Test
    void dataOnItsWayOutWaits() {
        var settings =
                Settings.of(3)
                        .recovery(
                                "transfer",
                                Optional.of(
                                        new TransferSettings(
                                                new Bytes(1000),
                                                new Bandwidth(new Bytes(1_000_000)),
                                                Duration.ZERO,
                                                100)));
        var pause = new Pause(Selector.of(new NodeId("n2")));
        var quick = new TestRun(settings).twoReports(0, 1).until(20_000);
        var slow = new TestRun(settings).twoReports(0, 1).during(5200, 6200, pause).until(20_000);
        assertThat(quick.brief(AttemptFinished.class)).hasSize(1);
        assertThat(at(slow)).isEqualTo(at(quick) + 1000);
    }

    private static long at(TestRun run) {
        return run.trace().stream()
                        .filter(e ->
                                e.what() instanceof PhaseEntered(_, var phase, _)
                                        && phase == RecoveryPhase.REBALANCING)
                        .findFirst()
                        .orElseThrow()
                        .time()
                        .nanos()
                / 1_000_000;
    }

    private static Crash crash(NodeId node) {
        return new Crash(List.of(), Selector.of(node));
    }

    @Test
    void aPauseNamesNodes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Pause(Selector.NOBODY))
                .withMessage("pause needs nodes");
    }
}
