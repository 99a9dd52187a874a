package io.faultline.model.fault;

import io.faultline.model.Setting;
import io.faultline.model.World;
import io.faultline.model.cluster.Node;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.Topology;
import io.faultline.model.network.Network;

import java.util.List;

/// The network falls into groups of nodes; no message crosses from one to another. Nodes in no
/// group form one more group together, which counts as the last one. If the split is one-way, only
/// messages to a group that was named earlier are lost.
public record NetworkSplit(
        @Setting("the groups of nodes") List<List<NodeId>> groups,
        @Setting(
                        value = "whether messages still pass to groups that are named later",
                        byDefault = "false")
                boolean oneWay)
        implements Fault {

    private static final int THE_REST = Integer.MAX_VALUE;

    public NetworkSplit {
        if (groups.isEmpty() || groups.stream().anyMatch(List::isEmpty)) {
            throw new IllegalArgumentException(
                    "network-split needs at least one group, and none without nodes");
        }
        long distinct = groups.stream().flatMap(List::stream).distinct().count();
        long all = groups.stream().mapToLong(List::size).sum();
        if (distinct < all) {
            throw new IllegalArgumentException("a node can be in one group only");
        }
    }

    @Override
    public Runnable inject(World world, Effect effect) {
        int[] group = new int[world.nodes().size()];
        world.nodes().forEach(node -> group[node.index()] = groupOf(node.id()));
        Network.Split split =
                (from, to) ->
                        oneWay
                                ? group[from.index()] > group[to.index()]
                                : group[from.index()] != group[to.index()];
        if (separatesAny(world.nodes(), split)) {
            effect.take();
        }
        var mend = world.network().install(split);
        world.truth().networkChanged();
        return () -> {
            mend.run();
            world.truth().networkChanged();
        };
    }

    private static boolean separatesAny(List<Node> nodes, Network.Split split) {
        var first = nodes.getFirst();
        return nodes.stream()
                .anyMatch(node -> split.separates(first, node) || split.separates(node, first));
    }

    @Override
    public List<PartitionId> targets(World world, Effect effect) {
        return groups.stream()
                .flatMap(List::stream)
                .flatMap(id -> world.node(id).partitions().stream())
                .sorted()
                .toList();
    }

    /// Those that are not in the group of the coordinator.
    @Override
    public List<PartitionId> takesOut(World world, Effect effect) {
        int coordinators = groupOf(Topology.COORDINATOR);
        return world.nodes().stream()
                .filter(node -> groupOf(node.id()) != coordinators)
                .flatMap(node -> node.partitions().stream())
                .sorted()
                .toList();
    }

    /// As it was before splits could be one-way, so that the fingerprints of other splits are, too.
    @Override
    public String toString() {
        return "NetworkSplit[groups=" + groups + (oneWay ? ", oneWay=true]" : "]");
    }

    private int groupOf(NodeId node) {
        for (int i = 0; i < groups.size(); i++) {
            if (groups.get(i).contains(node)) {
                return i;
            }
        }
        return THE_REST;
    }
}
