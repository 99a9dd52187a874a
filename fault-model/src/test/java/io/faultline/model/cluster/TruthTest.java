package io.faultline.model.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.ModelSettings;
import io.faultline.model.Settings;
import io.faultline.model.TestRun;
import io.faultline.model.fault.Crash;
import io.faultline.model.fault.NetworkSplit;
import io.faultline.model.fault.Selector;
import io.faultline.model.network.MessageKind;
import io.faultline.model.observation.Observed.MessageDelivered;
import io.faultline.model.observation.Observed.NodeCrashed;
import io.faultline.model.observation.Observed.NodeRestarted;
import io.faultline.model.observation.Observed.PartitionDown;
import io.faultline.model.observation.Observed.PartitionUp;
import io.faultline.model.script.Operation;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Which partitions are really of use, whatever anybody believes.
class TruthTest {

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
    void allPartitionsOfANodeGoDownAndUpTogether() {
        var run =
                new TestRun(onNodes(2, Settings.of(4)), 1)
                        .during(100, 200, new Crash(TestRun.partitions(2), Selector.NOBODY))
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

    @Test
    void aPartitionIsOfNoUseAsLongAsItsNodeIsDownOrCutOff() {
        var split = new NetworkSplit(List.of(List.of(N1)), false);
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
        var crash = new Crash(List.of(), Selector.of(Topology.COORDINATOR));
        var run = new TestRun(Settings.of(3)).during(100, 300, crash).until(1000);
        assertThat(run.count(PartitionDown.class)).isZero();
        assertThat(run.count(NodeCrashed.class)).isEqualTo(1);
    }
}
