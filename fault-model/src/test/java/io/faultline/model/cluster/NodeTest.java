package io.faultline.model.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.kernel.random.Constant;
import io.faultline.kernel.random.Exponential;
import io.faultline.model.ModelSettings;
import io.faultline.model.Probability;
import io.faultline.model.Rate;
import io.faultline.model.Settings;
import io.faultline.model.TestRun;
import io.faultline.model.detector.SuspicionPolicy;
import io.faultline.model.fault.Crash;
import io.faultline.model.fault.NetworkSplit;
import io.faultline.model.network.MessageKind;
import io.faultline.model.observation.Observed.EntitiesMoved;
import io.faultline.model.observation.Observed.MessageDelivered;
import io.faultline.model.observation.Observed.NodeCrashed;
import io.faultline.model.observation.Observed.NodeRestarted;
import io.faultline.model.observation.Observed.OperationCompleted;
import io.faultline.model.observation.Observed.OperationLost;
import io.faultline.model.observation.Observed.OperationRejected;
import io.faultline.model.observation.Observed.PartitionDown;
import io.faultline.model.observation.Observed.PartitionUp;
import io.faultline.model.observation.Observed.StatusChanged;
import io.faultline.model.recovery.PhaseDurations;
import io.faultline.model.recovery.RecoverySettings;
import io.faultline.model.script.Operation;
import io.faultline.model.workload.Workload;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Nodes do one thing after another, crash, and start again.
class NodeTest {

    private static final NodeId N1 = new NodeId("n1");
    private static final Crash CRASH = new Crash(TestRun.partitions(1), List.of());

    private static Operation operation(int rank, long millis) {
        return new Operation(new PartitionId(rank), Duration.ofMillis(millis));
    }

    private static Settings heartbeats() {
        return Settings.of(3).withHeartbeats();
    }

    private static List<Long> heartbeatsOfP1(TestRun run) {
        return run.trace().stream()
                .filter(
                        entry ->
                                entry.what() instanceof MessageDelivered m
                                        && m.message() == MessageKind.HEARTBEAT
                                        && m.from().equals(N1))
                .map(entry -> entry.time().nanos() / 1_000_000)
                .toList();
    }

    private static ModelSettings onNodes(int nodes, Settings settings) {
        var topology = settings.topology();
        return new ModelSettings(
                new Topology(
                        topology.partitions(),
                        Optional.of(nodes),
                        topology.entities(),
                        topology.regions(),
                        topology.coordinator(),
                        topology.network(),
                        topology.startJitter()),
                settings.protocol(),
                Optional.empty(),
                true);
    }

    // One thing after another.

    @Test
    void workOfAllPartitionsOfANodeTakesItsTurnInOneQueue() {
        var run =
                new TestRun(onNodes(1, Settings.of(2)), 1)
                        .at(0, operation(0, 300))
                        .at(0, operation(1, 100))
                        .at(350, operation(0, 100))
                        .at(1000, operation(1, 100))
                        .until(2000);
        assertThat(run.brief(OperationCompleted.class))
                .containsExactly(
                        "300 OperationCompleted P0 300",
                        "400 OperationCompleted P1 400",
                        "500 OperationCompleted P0 150",
                        "1100 OperationCompleted P1 100");
    }

    @Test
    void nodesDoNotWaitForEachOther() {
        var run =
                new TestRun(onNodes(2, Settings.of(2)), 1)
                        .at(0, operation(0, 300))
                        .at(0, operation(1, 100))
                        .until(2000);
        assertThat(run.brief(OperationCompleted.class))
                .containsExactly(
                        "100 OperationCompleted P1 100", "300 OperationCompleted P0 300");
    }

    /// The operation keeps the node busy from 600 to 3200, and the heartbeats of 1000 to 3000 with it.
    @Test
    void aBusyNodeIsLateWithItsHeartbeatsAndIsSuspected() {
        var run = new TestRun(heartbeats()).at(600, operation(1, 2600)).until(4000);
        assertThat(heartbeatsOfP1(run))
                .containsExactly(0L, 500L, 3200L, 3200L, 3200L, 3200L, 3200L, 3500L, 4000L);
        assertThat(run.brief(StatusChanged.class))
                .containsExactly(
                        "2600 StatusChanged P1 HEALTHY SUSPECTED HEARTBEAT_MISS",
                        "3200 StatusChanged P1 SUSPECTED HEALTHY FALSE_ALARM");
    }

    /// Twenty operations a second of 60 ms each are 20 % more than a node can do; of 25 ms each they
    /// keep it half busy.
    @ParameterizedTest
    @CsvSource({"60, true", "25, false"})
    void overloadBecomesSuspicion(long service, boolean suspected) {
        var workload = new Workload(new Rate(20), new Constant(service * 1e6));
        var run = new TestRun(heartbeats().with(workload), 1).until(60_000);
        assertThat(run.count(StatusChanged.class) > 0).isEqualTo(suspected);
        assertThat(run.count(NodeCrashed.class)).isZero();
    }

    @Test
    void anArrivalAtTheBarrierWaitsForTheBacklog() {
        var run =
                new TestRun(Settings.of(3).withBarrier(Settings.millis(1000)))
                        .at(900, operation(1, 700))
                        .until(2000);
        assertThat(
                        run.brief(
                                o ->
                                        o instanceof MessageDelivered m
                                                && m.message() == MessageKind.BARRIER_ARRIVE
                                                && m.from().equals(N1)))
                .containsExactly("1600 MessageDelivered BARRIER_ARRIVE n1 coordinator 0");
    }

    // Crash and restart.

    @Test
    void aCrashLosesWhatIsInFlight() {
        var run =
                new TestRun(Settings.of(3))
                        .at(0, operation(1, 700))
                        .at(100, operation(1, 700))
                        .at(0, operation(0, 700))
                        .during(500, 600, CRASH)
                        .at(550, operation(1, 10))
                        .at(600, operation(1, 10))
                        .until(5000);
        assertThat(run.brief(OperationCompleted.class, OperationLost.class))
                .containsExactly(
                        "500 OperationLost P1",
                        "500 OperationLost P1",
                        "550 OperationLost P1",
                        "610 OperationCompleted P1 10",
                        "700 OperationCompleted P0 700");
    }

    @ParameterizedTest
    @CsvSource({"1200, 2300, 2500", "1000, 1500, 1500", "900, 1001, 1500"})
    void aRestartedNodeBeginsAtTheNextMultipleOfThePeriod(long from, long to, long first) {
        var run = new TestRun(heartbeats()).during(from, to, CRASH).until(first + 1000);
        var after = heartbeatsOfP1(run).stream().filter(time -> time >= from).toList();
        assertThat(after).endsWith(first, first + 500, first + 1000);
        assertThat(after.stream().filter(time -> time >= to))
                .containsExactly(first, first + 500, first + 1000);
    }

    /// The duties of a partition begin once, whether its node is down at that time or was before.
    @ParameterizedTest
    @CsvSource({"0, 0, 700", "300, 100, 200", "300, 250, 700"})
    void dutiesBeginOnceWhateverHappensAtTheStart(long start, long down, long up) {
        var settings = heartbeats();
        var topology = settings.topology();
        var late =
                new ModelSettings(
                        new Topology(
                                3,
                                Optional.empty(),
                                1000,
                                List.of(),
                                Optional.empty(),
                                topology.network(),
                                Settings.millis(start)),
                        settings.protocol(),
                        Optional.empty(),
                        true);
        var run = new TestRun(late, 1).during(down, up, CRASH).until(2900);
        assertThat(heartbeatsOfP1(run).stream().filter(time -> time >= 1000))
                .containsExactly(start + 1000, start + 1500, start + 2000, start + 2500);
    }

    @Test
    void aCrashForgetsTheBacklog() {
        var run =
                new TestRun(heartbeats())
                        .at(600, operation(1, 2600))
                        .during(700, 900, CRASH)
                        .until(1600);
        assertThat(heartbeatsOfP1(run)).containsExactly(0L, 500L, 1000L, 1500L);
    }

    @Test
    void anOverloadedNodeIsNotBusyWithItsPastAfterARestart() {
        var workload = new Workload(new Rate(20), new Exponential(60e6));
        var run = new TestRun(heartbeats().with(workload), 1).during(9900, 9950, CRASH);
        run.until(10_000);
        assertThat(heartbeatsOfP1(run).getLast()).isEqualTo(10_000);
    }

    @Test
    void allPartitionsOfANodeGoDownAndUpTogether() {
        var run =
                new TestRun(onNodes(2, Settings.of(4)), 1)
                        .during(100, 200, new Crash(TestRun.partitions(2), List.of()))
                        .until(1000);
        assertThat(
                        run.brief(
                                NodeCrashed.class,
                                NodeRestarted.class,
                                PartitionDown.class,
                                PartitionUp.class))
                .containsExactly(
                        "100 NodeCrashed n1",
                        "100 PartitionDown P2 CRASHED",
                        "100 PartitionDown P3 CRASHED",
                        "200 NodeRestarted n1 2",
                        "200 PartitionUp P2",
                        "200 PartitionUp P3");
    }

    // In truth.

    @Test
    void aPartitionIsOfNoUseAsLongAsItsNodeIsDownOrCutOff() {
        var split = new NetworkSplit(List.of(List.of(N1)));
        var run =
                new TestRun(Settings.of(3))
                        .during(100, 300, CRASH)
                        .during(200, 400, split)
                        .during(500, 700, split)
                        .during(600, 800, CRASH)
                        .until(1000);
        assertThat(run.brief(PartitionDown.class, PartitionUp.class))
                .containsExactly(
                        "100 PartitionDown P1 CRASHED",
                        "400 PartitionUp P1",
                        "500 PartitionDown P1 CUT_OFF",
                        "800 PartitionUp P1");
    }

    @Test
    void theCoordinatorsCrashMakesNoPartitionUseless() {
        var crash = new Crash(List.of(), List.of(Topology.COORDINATOR));
        var run = new TestRun(Settings.of(3)).during(100, 300, crash).until(1000);
        assertThat(run.count(PartitionDown.class)).isZero();
        assertThat(run.count(NodeCrashed.class)).isEqualTo(1);
    }

    // Entities and load.

    /// A recovery takes P1's 1000 entities to P0 and P2 and brings them back; P1 learns what it owns
    /// when it has started again.
    @Test
    void aRecoveredPartitionIsToldWhatItOwns() {
        var run =
                new TestRun(
                                Settings.of(3)
                                        .with(
                                                Settings.suspicion(
                                                        SuspicionPolicy.COUNTING, Duration.ZERO)))
                        .at(0, CRASH)
                        .twoReports(0, 1)
                        .until(1000);
        assertThat(run.brief(EntitiesMoved.class))
                .containsExactly(
                        "150 EntitiesMoved P1 P0 500",
                        "150 EntitiesMoved P1 P2 500",
                        "225 EntitiesMoved P0 P1 500",
                        "225 EntitiesMoved P2 P1 500");
        assertThat(
                        run.brief(
                                o ->
                                        o instanceof NodeRestarted
                                                || o instanceof MessageDelivered m
                                                        && m.message() == MessageKind.ASSIGN
                                                        && m.to().equals(N1)))
                .containsExactly(
                        "225 NodeRestarted n1 2",
                        "225 MessageDelivered ASSIGN coordinator n1 0");
    }

    /// Phases take an hour, so that for an hour two partitions carry the load of three: 30 operations
    /// a second each in place of 20, 108 000 in the hour. Standard deviation 329, four are allowed.
    @Test
    void theLoadFollowsTheEntities() {
        var recovery = Settings.recovery(2);
        var hour = Settings.millis(3_600_000);
        var slow =
                new RecoverySettings(
                        new PhaseDurations(
                                Settings.millis(0), Settings.millis(0), hour, Settings.millis(0)),
                        Probability.NEVER,
                        2,
                        recovery.lockTimeout(),
                        recovery.attempts(),
                        recovery.backoff(),
                        recovery.pauseTimeout(),
                        recovery.onPauseTimeout());
        var settings =
                Settings.of(3)
                        .with(slow)
                        .with(Settings.suspicion(SuspicionPolicy.COUNTING, Duration.ZERO));
        var workload = new Workload(new Rate(20), Settings.millis(1));
        var run = new TestRun(settings.with(workload), 1).twoReports(0, 1).until(3_600_000);
        long asked =
                run.trace()
                        .all(
                                OperationRejected.class)
                        .filter(rejected -> rejected.partition().rank() == 0)
                        .count();
        assertThat(asked).isBetween(108_000L - 1316, 108_000L + 1316);
    }
}
