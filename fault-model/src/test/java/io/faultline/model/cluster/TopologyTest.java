package io.faultline.model.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.faultline.model.Changed;
import io.faultline.model.Probability;
import io.faultline.model.Settings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Where partitions, nodes and regions lie.
class TopologyTest {

    private static Topology topology(int partitions, Integer nodes, String... regions) {
        return topology(partitions, nodes, null, List.of(regions));
    }

    private static Topology topology(
            int partitions, Integer nodes, String coordinator, List<String> regions) {
        return Changed.in(
                Settings.of(1).topology(),
                "partitions",
                partitions,
                "nodes",
                Optional.ofNullable(nodes),
                "regions",
                regions,
                "coordinator",
                Optional.ofNullable(coordinator),
                "network",
                Settings.network(Settings.millis(0), Probability.NEVER));
    }

    private static List<Integer> hosts(Topology topology) {
        return topology.partitionIds().stream().map(topology::nodeIndexOf).toList();
    }

    private static List<String> regions(Topology topology) {
        return topology.nodeIds().stream().map(node -> region(topology, node)).toList();
    }

    private static String region(Topology topology, NodeId node) {
        return topology.location(node).region();
    }

    @Test
    void everyPartitionHasANodeOfItsOwnUnlessToldOtherwise() {
        assertThat(hosts(topology(4, null))).containsExactly(0, 1, 2, 3);
        assertThat(topology(3, null).nodeIds())
                .containsExactly(new NodeId("n0"), new NodeId("n1"), new NodeId("n2"));
    }

    @Test
    void nodesHostBlocksOfRanks() {
        assertThat(hosts(topology(6, 3))).containsExactly(0, 0, 1, 1, 2, 2);
        assertThat(hosts(topology(5, 2))).containsExactly(0, 0, 0, 1, 1);
        assertThat(hosts(topology(4, 1))).containsExactly(0, 0, 0, 0);
    }

    @Test
    void blocksDifferBySizeOneAtMost() {
        for (int partitions = 1; partitions <= 30; partitions++) {
            for (int nodes = 1; nodes <= partitions; nodes++) {
                var sizes = new int[nodes];
                hosts(topology(partitions, nodes)).forEach(node -> sizes[node]++);
                int least = partitions / nodes;
                assertThat(IntStream.of(sizes))
                        .as("%d partitions on %d nodes", partitions, nodes)
                        .allMatch(size -> size == least || size == least + 1);
            }
        }
    }

    @Test
    void nodesBelongToRegionsInBlocks() {
        assertThat(regions(topology(5, null, "a", "b"))).containsExactly("a", "a", "a", "b", "b");
        assertThat(regions(topology(2, null))).containsOnly("default");
    }

    @Test
    void theCoordinatorIsInTheFirstRegionUnlessToldOtherwise() {
        var coordinator = Topology.COORDINATOR;
        assertThat(region(topology(2, null, "a", "b"), coordinator)).isEqualTo("a");
        assertThat(region(topology(2, null, "b", List.of("a", "b")), coordinator)).isEqualTo("b");
        assertThat(region(topology(2, null), coordinator)).isEqualTo("default");
    }

    private static Topology zoned(int zones, int racks, String coordinator) {
        return Changed.in(
                topology(11, null, coordinator, List.of("a", "b")), "zones", zones, "racks", racks);
    }

    private static List<String> in(Topology topology, Domain domain) {
        return topology.nodeIds().stream().map(n -> topology.location(n).in(domain)).toList();
    }

    @Test
    void regionsFallIntoZonesAndZonesIntoRacksInBlocks() {
        var topology = zoned(2, 2, null);
        assertThat(in(topology, Domain.REGION))
                .containsExactly("a", "a", "a", "a", "a", "a", "b", "b", "b", "b", "b");
        assertThat(in(topology, Domain.ZONE))
                .containsExactly("z0", "z0", "z0", "z1", "z1", "z1", "z2", "z2", "z2", "z3", "z3");
        assertThat(in(topology, Domain.RACK))
                .containsExactly("r0", "r0", "r1", "r2", "r2", "r3", "r4", "r4", "r5", "r6", "r7");
        assertThat(topology.zoneNames()).containsExactly("z0", "z1", "z2", "z3");
        assertThat(topology.rackNames()).hasSize(8);
        assertThat(in(zoned(1, 1, null), Domain.ZONE)).contains("z0", "z1").doesNotContain("z2");
    }

    @Test
    void everyDomainHasNodes() {
        for (int partitions = 1; partitions <= 40; partitions++) {
            for (int zones = 1; zones <= partitions; zones++) {
                for (int racks = 1; racks <= partitions / zones; racks++) {
                    var topology =
                            Changed.in(topology(partitions, null), "zones", zones, "racks", racks);
                    assertThat(in(topology, Domain.RACK).stream().distinct())
                            .containsExactlyElementsOf(topology.rackNames());
                }
            }
        }
    }

    @Test
    void theCoordinatorIsWhereItIsPut() {
        assertThat(zoned(2, 2, null).location(Topology.COORDINATOR))
                .isEqualTo(new Location("a", "z0", "r0"));
        assertThat(zoned(2, 2, "b").location(Topology.COORDINATOR))
                .isEqualTo(new Location("b", "z2", "r4"));
        assertThat(zoned(2, 2, "z1").location(Topology.COORDINATOR))
                .isEqualTo(new Location("a", "z1", "r2"));
        assertThat(zoned(2, 2, "r7").location(Topology.COORDINATOR))
                .isEqualTo(new Location("b", "z3", "r7"));
    }

    @Test
    void moreDomainsThanNodesAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> zoned(6, 1, null))
                .withMessage("zones must not be more than the nodes of a region, 5, but was 6");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> zoned(2, 3, null))
                .withMessage("racks must not be more than the nodes of a zone, 2, but was 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> zoned(0, 1, null))
                .withMessage("there is at least one of each, but zones is 0 and racks is 1");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 'partitions lies in [1, 1000000], but was 0'",
        "2, 3, 'nodes lies in [1, 2], but was 3'",
        "2, 0, 'nodes lies in [1, 2], but was 0'"
    })
    void impossibleSizesAreRefused(int partitions, int nodes, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> topology(partitions, nodes))
                .withMessage(message);
    }

    @Test
    void moreRegionsThanNodesAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> topology(4, 2, "a", "b", "c"))
                .withMessage("there are more regions than nodes: 3 and 2");
    }
}
