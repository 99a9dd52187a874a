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
import io.faultline.model.observation.Observed.QuorumBack;
import io.faultline.model.observation.Observed.QuorumGone;
import io.faultline.model.script.Operation;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Which partitions are really of use, whatever anybody believes.
class TruthTest {

    private static final NodeId N1 = new NodeId("n1");
    private static final NodeId N2 = new NodeId("n2");
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

    private static List<String> majorities(TestRun run) {
        return run.until(1000).brief(QuorumGone.class, QuorumBack.class);
    }

    private static NetworkSplit groups(String... nodes) {
        return new NetworkSplit(
                Stream.of(nodes)
                        .map(group -> Stream.of(group.split(" ")).map(NodeId::new).toList())
                        .toList(),
                false);
    }

    @Test
    void aMajorityIsGoneWhileHalfOrMoreAreDown() {
        assertThat(
                        majorities(
                                new TestRun(Settings.of(4))
                                        .during(100, 400, crash(0))
                                        .during(200, 500, crash(1))
                                        .during(300, 600, crash(2))))
                .containsExactly(
                        "200 QuorumGone 2 3",
                        "300 QuorumGone 1 3",
                        "400 QuorumGone 2 3",
                        "500 QuorumBack 3 3");
    }

    @Test
    void nothingIsSaidAsLongAsThereIsOne() {
        assertThat(majorities(new TestRun(Settings.of(5)).during(100, 200, crash(0, 1)))).isEmpty();
    }

    @Test
    void aMajorityIsGoneInASplitThatLeavesNone() {
        assertThat(majorities(new TestRun(Settings.of(5)).during(100, 200, groups("n0 n1", "n2"))))
                .containsExactly("100 QuorumGone 2 3", "200 QuorumBack 5 3");
        assertThat(majorities(new TestRun(Settings.of(5)).during(100, 200, groups("n0", "n1"))))
                .isEmpty();
    }

    @Test
    void crashesInASplitCountOnTheirSide() {
        assertThat(
                        majorities(
                                new TestRun(Settings.of(5))
                                        .during(100, 500, groups("n0 n1"))
                                        .during(200, 300, crash(0))
                                        .during(250, 400, crash(4))))
                .containsExactly("250 QuorumGone 2 3", "400 QuorumBack 3 3");
    }

    @Test
    void whoIsHeardButHearsNobodyIsNoMember() {
        var oneWay =
                new NetworkSplit(
                        List.of(List.of(new NodeId("n0"), new NodeId("n1")), List.of(N2)), true);
        assertThat(majorities(new TestRun(Settings.of(3)).during(100, 200, oneWay))).isEmpty();
        assertThat(
                        majorities(
                                new TestRun(Settings.of(3))
                                        .during(100, 200, oneWay)
                                        .during(150, 180, crash(0))))
                .containsExactly("150 QuorumGone 1 2", "180 QuorumBack 2 2");
    }

    @Test
    void splitsOverlapAndTheLargestSetIsThatOfThoseWhoAreTogetherInAll() {
        assertThat(
                        majorities(
                                new TestRun(Settings.of(6))
                                        .during(100, 400, groups("n0 n1"))
                                        .during(200, 300, groups("n1 n2"))))
                .containsExactly("200 QuorumGone 3 4", "300 QuorumBack 4 4");
    }

    @Test
    void partitionsCountNotNodes() {
        assertThat(
                        majorities(
                                new TestRun(onNodes(2, Settings.of(5)), 1)
                                        .during(100, 200, crash(0))
                                        .during(300, 400, crash(4))))
                .containsExactly("100 QuorumGone 2 3", "200 QuorumBack 5 3");
    }

    private static Crash crash(int... ranks) {
        return new Crash(TestRun.partitions(ranks), Selector.NOBODY);
    }
}
