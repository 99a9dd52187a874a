package io.faultline.model.cluster;

import io.faultline.kernel.random.Distribution;
import io.faultline.model.Setting;
import io.faultline.model.network.NetworkSettings;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// What the simulated system consists of.
///
/// Nodes `n0`, `n1`, … host the partitions `P0`, `P1`, … in blocks of ranks, and belong to the
/// regions in blocks as well. The coordinator has a node of its own, `coordinator`.
public record Topology(
        @Setting("how many partitions the system has") int partitions,
        @Setting("how many nodes host them; as many as partitions if left out")
                Optional<Integer> nodes,
        @Setting(value = "how many entities a partition owns at the start", byDefault = "1000")
                int entities,
        @Setting("regions, over which the nodes are dealt in blocks") List<String> regions,
        @Setting("the region of the coordinator's node; the first one if left out")
                Optional<String> coordinator,
        @Setting(value = "what messages meet on their way", byDefault = "{}")
                NetworkSettings network,
        @Setting(
                        value = "how long after the start each partition begins to work",
                        byDefault = "0ms")
                Distribution startJitter) {

    /// The node of the coordinator.
    public static final NodeId COORDINATOR = new NodeId("coordinator");

    /// As many as have their place in the order of one instant; see [io.faultline.model.Turn].
    public static final int MAX_PARTITIONS = 1_000_000;

    public Topology {
        if (partitions < 1 || partitions > MAX_PARTITIONS) {
            throw new IllegalArgumentException(
                    "partitions lies in [1, " + MAX_PARTITIONS + "], but was " + partitions);
        }
        int hosts = nodes.orElse(partitions);
        if (hosts < 1 || hosts > partitions) {
            throw new IllegalArgumentException(
                    "nodes lies in [1, " + partitions + "], but was " + hosts);
        }
        if (regions.size() > hosts) {
            throw new IllegalArgumentException(
                    "there are more regions than nodes: " + regions.size() + " and " + hosts);
        }
        if (entities < 0) {
            throw new IllegalArgumentException(
                    "entities must not be negative, but was " + entities);
        }
    }

    /// The nodes that host partitions, in order.
    public List<NodeId> nodeIds() {
        return IntStream.range(0, nodeCount()).mapToObj(i -> new NodeId("n" + i)).toList();
    }

    public List<PartitionId> partitionIds() {
        return IntStream.range(0, partitions).mapToObj(PartitionId::new).toList();
    }

    /// The node that hosts a partition, by its position.
    public int nodeIndexOf(PartitionId partition) {
        return (int) ((long) partition.rank() * nodeCount() / partitions);
    }

    /// The position of a node that hosts partitions.
    public int indexOf(NodeId node) {
        return Integer.parseInt(node.name().substring(1));
    }

    /// The region of a node; without regions there is one, which is called `default`.
    public String region(NodeId node) {
        if (regions.isEmpty()) {
            return "default";
        }
        if (node.equals(COORDINATOR)) {
            return coordinator.orElse(regions.getFirst());
        }
        return regions.get(indexOf(node) * regions.size() / nodeCount());
    }

    private int nodeCount() {
        return nodes.orElse(partitions);
    }
}
