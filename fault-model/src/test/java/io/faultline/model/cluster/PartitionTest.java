package io.faultline.model.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.Changed;
import io.faultline.model.ModelSettings;
import io.faultline.model.Settings;
import io.faultline.model.TestRun;
import io.faultline.model.detector.SuspicionPolicy;
import io.faultline.model.fault.Crash;
import io.faultline.model.fault.Selector;
import io.faultline.model.network.MessageKind;
import io.faultline.model.observation.Observed.EntitiesMoved;
import io.faultline.model.observation.Observed.MessageDelivered;
import io.faultline.model.observation.Observed.NodeRestarted;
import io.faultline.model.observation.Observed.OperationCompleted;
import io.faultline.model.observation.Observed.OperationRejected;
import io.faultline.model.recovery.PhaseDurations;
import io.faultline.model.script.Operation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What partitions do on their nodes, and what of it moves when they fail.
class PartitionTest {

    private static final NodeId N1 = new NodeId("n1");
    private static final Crash CRASH = new Crash(TestRun.partitions(1), Selector.NOBODY);

    private static Operation operation(int rank, long millis) {
        return new Operation(new PartitionId(rank), Duration.ofMillis(millis));
    }

    private static Settings heartbeats() {
        return Settings.of(3).withHeartbeats();
    }

    private static List<Long> heartbeatsOfP1(TestRun run) {
        return run.trace().stream()
                .filter(entry ->
                        entry.what() instanceof MessageDelivered m
                                && m.message() == MessageKind.HEARTBEAT
                                && m.from().equals(N1))
                .map(entry -> entry.time().nanos() / 1_000_000)
                .toList();
    }

    private static ModelSettings onNodes(int nodes, Settings settings) {
        return settings.topology("nodes", Optional.of(nodes)).model();
    }

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
                .containsExactly("100 OperationCompleted P1 100", "300 OperationCompleted P0 300");
    }

    @Test
    void anArrivalAtTheBarrierWaitsForTheBacklog() {
        var run =
                new TestRun(Settings.of(3).withBarrier(Settings.millis(1000)))
                        .at(900, operation(1, 700))
                        .until(2000);
        assertThat(
                        run.brief(o ->
                                o instanceof MessageDelivered m
                                        && m.message() == MessageKind.BARRIER_ARRIVE
                                        && m.from().equals(N1)))
                .containsExactly("1600 MessageDelivered BARRIER_ARRIVE n1 coordinator 0");
    }

    /// The duties of a partition begin once, whether its node is down at that time or was before.
    @ParameterizedTest
    @CsvSource({"0, 0, 700", "300, 100, 200", "300, 250, 700"})
    void dutiesBeginOnceWhateverHappensAtTheStart(long start, long down, long up) {
        var settings = heartbeats();
        var topology = settings.topology();
        var late =
                new ModelSettings(
                        Changed.in(
                                topology, "partitions", 3, "startJitter", Settings.millis(start)),
                        settings.protocol(),
                        Optional.empty(),
                        true);
        var run = new TestRun(late, 1).during(down, up, CRASH).until(2900);
        assertThat(heartbeatsOfP1(run).stream().filter(time -> time >= 1000))
                .containsExactly(start + 1000, start + 1500, start + 2000, start + 2500);
    }

    /// A recovery takes P1's 1000 entities to P0 and P2 and brings them back; P1 learns what it
    /// owns when it has started again.
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
                        run.brief(o ->
                                o instanceof NodeRestarted
                                        || o instanceof MessageDelivered m
                                                && m.message() == MessageKind.ASSIGN
                                                && m.to().equals(N1)))
                .startsWith(
                        "225 NodeRestarted n1 2", "225 MessageDelivered ASSIGN coordinator n1 0");
    }

    /// Phases take an hour, so that for an hour two partitions carry the load of three: 30
    /// operations a second each in place of 20, 108 000 in the hour. Standard deviation 329, four
    /// are allowed.
    @Test
    void theLoadFollowsTheEntities() {
        var recovery = Settings.recovery(2);
        var hour = Settings.millis(3_600_000);
        var slow =
                Changed.in(
                        recovery,
                        "phases",
                        new PhaseDurations(
                                Settings.millis(0), Settings.millis(0), hour, Settings.millis(0)),
                        "timeout",
                        Duration.ofHours(2));
        var settings =
                Settings.of(3)
                        .with(slow)
                        .with(Settings.suspicion(SuspicionPolicy.COUNTING, Duration.ZERO));
        var workload = Settings.workload(20, Settings.millis(1));
        var run = new TestRun(settings.with(workload), 1).twoReports(0, 1).until(3_600_000);
        long asked =
                run.trace()
                        .all(OperationRejected.class)
                        .filter(rejected -> rejected.partition().rank() == 0)
                        .count();
        assertThat(asked).isBetween(108_000L - 1316, 108_000L + 1316);
    }
}
