package io.faultline.model.fault;

import io.faultline.model.Setting;
import io.faultline.model.World;
import io.faultline.model.cluster.Node;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.network.Network;

import java.util.List;

/// The network falls into groups of nodes; no message crosses from one to another. Nodes in no
/// group form one more group together.
public record NetworkSplit(@Setting("the groups of nodes") List<List<NodeId>> groups)
        implements Fault {

    private static final int THE_REST = -1;

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
        Network.Split split = (from, to) -> group[from.index()] != group[to.index()];
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
        return nodes.stream().anyMatch(node -> split.separates(nodes.getFirst(), node));
    }

    @Override
    public List<PartitionId> targets(World world) {
        return groups.stream()
                .flatMap(List::stream)
                .flatMap(id -> world.node(id).partitions().stream())
                .sorted()
                .toList();
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
