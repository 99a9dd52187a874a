package io.faultline.model.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.faultline.model.Changed;
import io.faultline.model.Probability;
import io.faultline.model.Settings;
import io.faultline.model.TestRun;
import io.faultline.model.cluster.Domain;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.Topology;
import io.faultline.model.observation.Observed.FaultInjected;
import io.faultline.model.observation.Observed.NodeCrashed;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/// Who is concerned by a fault that does not name them one by one.
class SelectorTest {

    private static Selector with(Object... changes) {
        return Changed.in(Selector.NOBODY, changes);
    }

    private static Settings sevenIn(String... regions) {
        return Settings.of(7).topology("regions", List.of(regions));
    }

    private static List<NodeId> crashed(Settings settings, Selector selector, long seed) {
        return new TestRun(settings, seed)
                .at(100, new Crash(List.of(), selector))
                .until(100)
                .trace()
                .all(NodeCrashed.class)
                .map(NodeCrashed::node)
                .toList();
    }

    private static List<NodeId> crashed(Selector selector) {
        return crashed(sevenIn("a", "b"), selector, 1);
    }

    private static List<NodeId> nodes(String... names) {
        return List.of(names).stream().map(NodeId::new).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "ALL, 1, 1", "ALL, 6, 6", "ONE, 6, 1", "ONE, 0, 0",
        "MINORITY, 1, 0", "MINORITY, 2, 0", "MINORITY, 5, 2", "MINORITY, 6, 2",
        "MAJORITY, 1, 1", "MAJORITY, 5, 3", "MAJORITY, 6, 4", "MAJORITY, 0, 0",
        "MINORITY_THIRD, 3, 0", "MINORITY_THIRD, 4, 1", "MINORITY_THIRD, 6, 1",
                "MINORITY_THIRD, 7, 2"
    })
    void aModeSaysHowMany(Mode mode, int of, int chosen) {
        assertThat(mode.of(of, 0, 0)).isEqualTo(chosen);
    }

    @Test
    void someAreAFixedNumberOrAShareRoundedUp() {
        var three = with("mode", Optional.of(Mode.FIXED), "count", Optional.of(3));
        var half =
                with(
                        "mode", Optional.of(Mode.PERCENT),
                        "share", Optional.of(new Probability(0.5)));
        assertThat(crashed(three)).hasSize(3).isSorted();
        assertThat(crashed(half)).hasSize(4);
        assertThat(Mode.PERCENT.of(10, 0, 0.3)).isEqualTo(3);
        assertThat(Mode.PERCENT.of(10, 0, 0.31)).isEqualTo(4);
        assertThat(Mode.PERCENT.of(100, 0, 0.07)).isEqualTo(7); // 100 * 0.07 > 7
        assertThat(Mode.FIXED.of(2, 3, 0)).isEqualTo(2);
    }

    @Test
    void chanceChoosesAndTheSeedDecides() {
        var one = Selector.of(Mode.ONE);
        var chosen = new HashSet<NodeId>();
        LongStream.range(0, 60).forEach(s -> chosen.addAll(crashed(Settings.of(7), one, s)));
        assertThat(chosen).hasSize(7);
        assertThat(crashed(Settings.of(7), one, 5)).isEqualTo(crashed(Settings.of(7), one, 5));
    }

    @Test
    void allThatIsSaidAppliesToThoseInQuestion() {
        assertThat(crashed(with("regions", List.of("b")))).isEqualTo(nodes("n4", "n5", "n6"));
        assertThat(crashed(with("partitions", List.of(new PartitionId(2))))).isEqualTo(nodes("n2"));
        assertThat(crashed(with("regions", List.of("b"), "nodes", nodes("n1", "n5"))))
                .isEqualTo(nodes("n5"));
    }

    @Test
    void onlyNodesWithPartitionsAreInQuestionUnlessOthersAreNamed() {
        assertThat(crashed(Selector.of(Mode.ALL))).hasSize(7).doesNotContain(Topology.COORDINATOR);
        assertThat(crashed(Selector.of(Topology.COORDINATOR)))
                .containsExactly(Topology.COORDINATOR);
        assertThat(crashed(with("role", Optional.of(Role.COORDINATOR))))
                .containsExactly(Topology.COORDINATOR);
        assertThat(crashed(with("role", Optional.of(Role.PARTITIONS)))).hasSize(7);
    }

    @Test
    void handlersAreThoseWhoJudgeAndPrimariesThoseWhoBelieveInAQuorum() {
        var settings =
                Settings.of(4)
                        .withHeartbeats()
                        .protocol("handlers", Map.of("Ann", new NodeId("n3")));
        var handlers = with("role", Optional.of(Role.HANDLERS));
        var primaries = with("role", Optional.of(Role.PRIMARIES));
        assertThat(crashed(settings, handlers, 1))
                .containsExactly(new NodeId("n3"), Topology.COORDINATOR);
        // When n3 is cut off, its handler sees one partition of four.
        var run =
                new TestRun(settings)
                        .at(1000, new NetworkSplit(List.of(nodes("n3")), false))
                        .at(20_000, new Crash(List.of(), primaries))
                        .until(20_000);
        assertThat(run.brief(NodeCrashed.class)).containsExactly("20000 NodeCrashed coordinator");
    }

    /// Two regions of 4 and 3 nodes, each of 2 zones, each of 1 rack.
    private static Settings zoned() {
        return sevenIn("a", "b").topology("zones", 2);
    }

    @Test
    void domainsFailTogether() {
        assertThat(crashed(zoned(), with("zones", List.of("z1")), 1)).isEqualTo(nodes("n2", "n3"));
        assertThat(crashed(zoned(), with("racks", List.of("r2", "r3")), 1))
                .isEqualTo(nodes("n4", "n5", "n6"));
        assertThat(crashed(zoned(), with("zones", List.of("z1"), "regions", List.of("b")), 1))
                .isEmpty();
    }

    @Test
    void theCoordinatorIsInAZoneLikeEverybody() {
        var outage = with("zones", List.of("z0"), "role", Optional.of(Role.ANY));
        assertThat(crashed(zoned(), outage, 1))
                .isEqualTo(List.of(new NodeId("n0"), new NodeId("n1"), Topology.COORDINATOR));
        var elsewhere = zoned().topology("coordinator", Optional.of("z3"));
        assertThat(crashed(elsewhere, outage, 1)).isEqualTo(nodes("n0", "n1"));
    }

    @Test
    void aModeMayCountWholeDomains() {
        var one = with("mode", Optional.of(Mode.ONE), "whole", Optional.of(Domain.ZONE));
        var chosen = new HashSet<List<NodeId>>();
        LongStream.range(0, 60).forEach(s -> chosen.add(crashed(zoned(), one, s)));
        assertThat(chosen)
                .containsExactlyInAnyOrder(
                        nodes("n0", "n1"), nodes("n2", "n3"), nodes("n4", "n5"), nodes("n6"));
        var minority = with("mode", Optional.of(Mode.MINORITY), "whole", Optional.of(Domain.ZONE));
        assertThat(crashed(zoned(), minority, 1)).hasSizeBetween(1, 2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with("whole", Optional.of(Domain.ZONE)))
                .withMessage("whole needs mode, which says how many of them");
    }

    @Test
    void whoIsNamedAsTargetIsWhoIsHit() {
        var run =
                new TestRun(Settings.of(9), 3)
                        .at(100, new Crash(List.of(), Selector.of(Mode.MINORITY)))
                        .until(100);
        var targets = run.trace().all(FaultInjected.class).findFirst().orElseThrow().targets();
        assertThat(run.trace().all(NodeCrashed.class).map(c -> "P" + c.node().name().substring(1)))
                .hasSize(4)
                .containsExactlyElementsOf(targets.stream().map(PartitionId::toString).toList());
    }

    @Test
    void itReadsAsInAFile() {
        assertThat(Selector.of(new NodeId("n1"))).hasToString("[n1]");
        assertThat(with("regions", List.of("eu"), "mode", Optional.of(Mode.MINORITY_THIRD)))
                .hasToString("{regions: [eu], mode: minority-third}");
    }

    @Test
    void whatAModeNeedsIsGivenToItAndToNoOther() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with("mode", Optional.of(Mode.FIXED)))
                .withMessage("mode fixed needs count, and no other mode does");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with("share", Optional.of(new Probability(0.1))))
                .withMessage("mode percent needs share, and no other mode does");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with("mode", Optional.of(Mode.FIXED), "count", Optional.of(0)))
                .withMessage("count must be at least 1, but was 0");
    }
}
