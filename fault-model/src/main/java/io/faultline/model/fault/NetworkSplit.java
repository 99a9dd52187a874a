package io.faultline.model.fault;

import io.faultline.model.Setting;
import io.faultline.model.World;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.network.MessageKind;

import java.util.HashMap;
import java.util.List;

/// The network falls into groups of nodes; no message crosses from one to another. Nodes in no
/// group form one more group together, which counts as the last one. If the split is one-way, only
/// messages to a group that was named earlier are lost.
public record NetworkSplit(
        @Setting("the groups of nodes") List<List<NodeId>> groups,
        @Setting(
                        value = "whether messages still pass to groups that are named later",
                        byDefault = "false")
                boolean oneWay,
        @Setting("the kinds of messages concerned; every kind if left out")
                List<MessageKind> messages)
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

    /// All messages are concerned.
    public NetworkSplit(List<List<NodeId>> groups, boolean oneWay) {
        this(groups, oneWay, List.of());
    }

    @Override
    public Runnable inject(World world, Effect effect) {
        return cut(world).make(world, effect, messages);
    }

    private Cut cut(World world) {
        var groupOf = new HashMap<NodeId, Integer>(); // looked up, never iterated
        for (int i = 0; i < groups.size(); i++) {
            for (var node : groups.get(i)) {
                groupOf.put(node, i);
            }
        }
        return Cut.of(
                world,
                node -> groupOf.getOrDefault(node.id(), THE_REST),
                (from, to) -> oneWay && from < to);
    }

    @Override
    public Aftermath aftermath() {
        return Aftermath.ofLost(messages);
    }

    @Override
    public List<PartitionId> targets(World world, Effect effect) {
        return groups.stream()
                .flatMap(List::stream)
                .flatMap(id -> world.node(id).partitions().stream())
                .sorted()
                .toList();
    }

    @Override
    public List<PartitionId> takesOut(World world, Effect effect) {
        return cut(world).takesOut(world, messages);
    }

    /// As it was before splits could be one-way and messages chosen, so that the fingerprints of
    /// other splits are, too.
    @Override
    public String toString() {
        return Cut.said(
                "NetworkSplit[groups=" + groups + (oneWay ? ", oneWay=true" : ""), messages);
    }
}
