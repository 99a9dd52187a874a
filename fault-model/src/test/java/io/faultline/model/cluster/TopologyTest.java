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
        return topology.nodeIds().stream().map(topology::region).toList();
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
        assertThat(topology(2, null, "a", "b").region(Topology.COORDINATOR)).isEqualTo("a");
        assertThat(topology(2, null, "b", List.of("a", "b")).region(Topology.COORDINATOR))
                .isEqualTo("b");
        assertThat(topology(2, null).region(Topology.COORDINATOR)).isEqualTo("default");
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
