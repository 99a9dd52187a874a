package io.faultline.model.fault;

import io.faultline.model.Setting;
import io.faultline.model.World;
import io.faultline.model.cluster.Node;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.network.MessageKind;

import java.util.HashMap;
import java.util.List;

/// Every node sees a majority, and no two see the same one: the nodes form a ring in a random
/// order, and each talks to its neighbours only. Nodes that are not of the ring talk to everybody.
///
/// As in the nemesis of that name of Jepsen. A node sees no more than a majority where that can be:
/// of 7 it sees 5, since 7 nodes cannot have three neighbours each. With fewer than 4 nodes all see
/// all, and nothing is cut.
public record MajoritiesRing(
        @Setting(value = "the nodes of the ring", byDefault = "{ mode: all }") Selector nodes,
        @Setting("the kinds of messages concerned; every kind if left out")
                List<MessageKind> messages)
        implements Fault {

    private static final int THE_REST = -1;

    public MajoritiesRing {
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("majorities-ring needs nodes");
        }
    }

    /// All messages are concerned.
    public MajoritiesRing(Selector nodes) {
        this(nodes, List.of());
    }

    @Override
    public Runnable inject(World world, Effect effect) {
        return cut(world, effect).make(world, effect, messages);
    }

    private Cut cut(World world, Effect effect) {
        var ring = effect.shuffle("nodes", nodes, world);
        var places = new HashMap<Node, Integer>(); // looked up, never iterated
        for (var node : ring) {
            places.put(node, places.size());
        }
        return Cut.of(
                world,
                node -> places.getOrDefault(node, THE_REST),
                (from, to) -> from == THE_REST || to == THE_REST || sees(from, to, ring.size()));
    }

    /// Whether two places of the ring talk to each other: neighbours on both sides do, and if that
    /// makes one node too few, those that face each other.
    static boolean sees(int place, int other, int size) {
        int others = size / 2;
        int apart = Math.floorMod(place - other, size);
        int distance = Math.min(apart, size - apart);
        boolean faces = size % 2 == 0 && others % 2 == 1;
        return faces
                ? distance <= others / 2 || distance == size / 2
                : distance <= Math.ceilDiv(others, 2);
    }

    @Override
    public Aftermath aftermath() {
        return Aftermath.ofLost(messages);
    }

    @Override
    public List<PartitionId> targets(World world, Effect effect) {
        return effect.partitions("nodes", nodes, world);
    }

    @Override
    public List<PartitionId> takesOut(World world, Effect effect) {
        return cut(world, effect).takesOut(world, messages);
    }

    /// As it was before messages could be chosen, so that the fingerprints of other rings are, too.
    @Override
    public String toString() {
        return Cut.said("MajoritiesRing[nodes=" + nodes, messages);
    }
}
