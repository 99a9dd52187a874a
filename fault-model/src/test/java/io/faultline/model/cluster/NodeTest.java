package io.faultline.model.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.kernel.random.Constant;
import io.faultline.model.Changed;
import io.faultline.model.ModelSettings;
import io.faultline.model.Settings;
import io.faultline.model.TestRun;
import io.faultline.model.fault.Crash;
import io.faultline.model.fault.Selector;
import io.faultline.model.network.MessageKind;
import io.faultline.model.observation.Observed.AttemptFinished;
import io.faultline.model.observation.Observed.MessageDelivered;
import io.faultline.model.observation.Observed.NodeCrashed;
import io.faultline.model.observation.Observed.NodeRestarted;
import io.faultline.model.observation.Observed.OperationCompleted;
import io.faultline.model.observation.Observed.OperationLost;
import io.faultline.model.observation.Observed.PartitionDown;
import io.faultline.model.observation.Observed.PhaseEntered;
import io.faultline.model.observation.Observed.Reported;
import io.faultline.model.observation.Observed.StatusChanged;
import io.faultline.model.script.Operation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Nodes do one thing after another, lose what they were doing, and begin again.
class NodeTest {

    private static final NodeId N1 = new NodeId("n1");
    private static final PartitionId P0 = new PartitionId(0);
    private static final PartitionId P1 = new PartitionId(1);

    private static Crash crashOf(NodeId node) {
        return new Crash(List.of(), Selector.of(node));
    }

    private static Operation operation(PartitionId partition, long millis) {
        return new Operation(partition, Duration.ofMillis(millis));
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

    @Test
    void operationsAreServedInTheOrderOfTheirArrival() {
        var run =
                new TestRun(Settings.of(2))
                        .at(0, operation(P1, 300))
                        .at(10, operation(P1, 50))
                        .at(20, operation(P0, 50))
                        .until(1000);
        assertThat(run.brief(OperationCompleted.class))
                .containsExactly(
                        "70 OperationCompleted P0 50",
                        "300 OperationCompleted P1 300",
                        "350 OperationCompleted P1 340");
    }

    @Test
    void aCrashLosesOperationsInFlightForGood() {
        var run =
                new TestRun(Settings.of(2))
                        .at(0, operation(P1, 100))
                        .at(0, operation(P1, 100))
                        .at(0, operation(P1, 100))
                        .at(0, operation(P0, 300))
                        .during(150, 160, crashOf(N1))
                        .until(1000);
        assertThat(run.brief(OperationCompleted.class, OperationLost.class))
                .containsExactly(
                        "100 OperationCompleted P1 100",
                        "150 OperationLost P1",
                        "150 OperationLost P1",
                        "300 OperationCompleted P0 300");
    }

    @Test
    void aNodeThatIsDownLosesOperationsAtOnceAndAfterARestartHasNoBacklog() {
        var run =
                new TestRun(Settings.of(2))
                        .at(0, operation(P1, 10_000))
                        .during(100, 200, crashOf(N1))
                        .at(150, operation(P1, 50))
                        .at(201, operation(P1, 50))
                        .until(20_000);
        assertThat(run.brief(OperationCompleted.class, OperationLost.class))
                .containsExactly(
                        "100 OperationLost P1",
                        "150 OperationLost P1",
                        "251 OperationCompleted P1 50");
    }

    /// The last heartbeat before the backlog leaves at 500, the next ones at 3600; checks lie at
    /// multiples of 100 and suspicion at more than 2 s.
    @Test
    void overloadAloneRaisesSuspicionAgainstAHealthyPartition() {
        var run =
                new TestRun(Settings.of(3).withHeartbeats())
                        .at(600, operation(P1, 3000))
                        .until(10_000);
        assertThat(run.brief(StatusChanged.class, PartitionDown.class, NodeCrashed.class))
                .containsExactly(
                        "2600 StatusChanged P1 HEALTHY SUSPECTED HEARTBEAT_MISS",
                        "3600 StatusChanged P1 SUSPECTED HEALTHY FALSE_ALARM");
        assertThat(heartbeatsOfN1(run))
                .startsWith("0", "500", "3600", "3600", "3600", "3600", "3600", "3600", "4000");
    }

    /// Those of 1000 and 1500 would leave at 3600.
    @Test
    void aCrashLosesHeartbeatsThatWaitedInTheQueue() {
        var run =
                new TestRun(Settings.of(3).withHeartbeats())
                        .at(600, operation(P1, 3000))
                        .during(2000, 2100, crashOf(N1))
                        .until(4000);
        assertThat(heartbeatsOfN1(run)).containsExactly("0", "500", "2500", "3000", "3500", "4000");
    }

    /// The first heartbeat after the backlog leaves at 2500: exactly 2 s is not beyond them.
    @Test
    void aBacklogThatEndsInTimeDoesNot() {
        var run =
                new TestRun(Settings.of(3).withHeartbeats())
                        .at(600, operation(P1, 1900))
                        .until(10_000);
        assertThat(run.count(StatusChanged.class)).isZero();
    }

    @Test
    void partitionsOfOneNodeShareItsQueue() {
        var apart = Settings.of(2).withHeartbeats();
        var t = apart.topology();
        var together = Changed.in(t, "partitions", 2, "nodes", Optional.of(1));
        var run =
                new TestRun(
                                new ModelSettings(
                                        together, apart.protocol(), Optional.empty(), true),
                                1)
                        .at(600, operation(P0, 2500))
                        .until(3000);
        assertThat(run.brief(StatusChanged.class))
                .containsExactly(
                        "2600 StatusChanged P0 HEALTHY SUSPECTED HEARTBEAT_MISS",
                        "2600 StatusChanged P1 HEALTHY SUSPECTED HEARTBEAT_MISS");
        var control = new TestRun(apart).at(600, operation(P0, 2500)).until(3000);
        assertThat(control.brief(StatusChanged.class))
                .containsExactly("2600 StatusChanged P0 HEALTHY SUSPECTED HEARTBEAT_MISS");
    }

    /// Heartbeats are due at the start and every 500 ms from then on.
    @ParameterizedTest
    @CsvSource({
        "0, 2300, 1000, 2500",
        "0, 2499, 1000, 2500",
        "0, 2500, 1000, 2500",
        "0, 2501, 1000, 3000",
        "130, 2300, 1130, 2630",
        "130, 2630, 1130, 2630",
    })
    void aRestartedNodeBeatsAgainAtTheNextMultipleOfThePeriod(
            long start, long restart, String last, String next) {
        var settings = Settings.of(3).withHeartbeats();
        var t = settings.topology();
        var late = Changed.in(t, "startJitter", new Constant(start * 1e6));
        var run =
                new TestRun(new ModelSettings(late, settings.protocol(), Optional.empty(), true), 1)
                        .during(1200, restart, crashOf(N1))
                        .until(4000);
        assertThat(heartbeatsOfN1(run)).containsSubsequence(last, next);
        assertThat(heartbeatsOfN1(run).indexOf(next))
                .isEqualTo(heartbeatsOfN1(run).indexOf(last) + 1);
    }

    /// Reported at 0, due at 5000.
    @Test
    void aCrashedCoordinatorDoesWhatFellDueWhenItRestarts() {
        var run =
                new TestRun(Settings.of(3))
                        .twoReports(0, 1)
                        .during(4000, 7000, crashOf(Topology.COORDINATOR))
                        .until(7000);
        assertThat(run.brief(StatusChanged.class, NodeRestarted.class))
                .containsExactly(
                        "0 StatusChanged P1 HEALTHY SUSPECTED BARRIER_TIMEOUT",
                        "7000 NodeRestarted coordinator 2",
                        "7000 StatusChanged P1 SUSPECTED FAILED CONFIRMED");
    }

    @Test
    void reportsToACrashedCoordinatorAreHeardWhenItRestarts() {
        var run =
                new TestRun(Settings.of(3))
                        .during(1000, 7000, crashOf(Topology.COORDINATOR))
                        .twoReports(2000, 1)
                        .until(12_000);
        assertThat(run.brief(Reported.class, StatusChanged.class))
                .containsExactly(
                        "7000 Reported P1 BARRIER_TIMEOUT 1",
                        "7000 Reported P1 BARRIER_TIMEOUT 2",
                        "7000 StatusChanged P1 HEALTHY SUSPECTED BARRIER_TIMEOUT",
                        "12000 StatusChanged P1 SUSPECTED FAILED CONFIRMED");
    }

    /// The phases take 50, 100, 75 and 0 ms from 5000 on; the second is under way at the crash.
    @Test
    void aRecoveryGoesOnWhenItsCoordinatorRestarts() {
        var run =
                new TestRun(Settings.of(3))
                        .twoReports(0, 1)
                        .during(5100, 7000, crashOf(Topology.COORDINATOR))
                        .until(10_000);
        assertThat(run.brief(PhaseEntered.class, AttemptFinished.class))
                .containsExactly(
                        "5000 PhaseEntered P1 DETECTING 1",
                        "5050 PhaseEntered P1 REDISTRIBUTING 1",
                        "7000 PhaseEntered P1 REBALANCING 1",
                        "7075 PhaseEntered P1 VALIDATING 1",
                        "7075 PhaseEntered P1 COMPLETE 1",
                        "7075 AttemptFinished P1 1 true false");
    }
}
