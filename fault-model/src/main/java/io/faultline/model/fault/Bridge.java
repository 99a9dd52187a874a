package io.faultline.model.fault;

import io.faultline.model.Setting;
import io.faultline.model.World;
import io.faultline.model.cluster.Node;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.network.MessageKind;

import java.util.List;

/// The network falls into two halves, and only a node between them, the bridge, talks to both.
///
/// As in the nemesis of that name of Jepsen.
public record Bridge(
        @Setting(
                        value = "the node that talks to both halves, or several of them",
                        byDefault = "{ mode: one }")
                Selector bridge,
        @Setting(
                        value =
                                "the nodes of one half; all others are the other one. If left out,"
                                        + " the first ones of the cluster, as many as the others",
                        byDefault = "[]")
                Selector half,
        @Setting("the kinds of messages concerned; every kind if left out")
                List<MessageKind> messages)
        implements Fault {

    private static final int BRIDGE = 0;

    public Bridge {
        if (bridge.isEmpty()) {
            throw new IllegalArgumentException("bridge needs a node that is the bridge");
        }
    }

    /// All messages are concerned.
    public Bridge(Selector bridge, Selector half) {
        this(bridge, half, List.of());
    }

    @Override
    public Runnable inject(World world, Effect effect) {
        return cut(world, effect).make(world, effect, messages);
    }

    private Cut cut(World world, Effect effect) {
        var bridges = effect.choose("bridge", bridge, world);
        var first = firstHalf(world, effect, bridges);
        return Cut.of(
                world,
                node -> bridges.contains(node) ? BRIDGE : first.contains(node) ? 1 : 2,
                (from, to) -> from == BRIDGE || to == BRIDGE);
    }

    private List<Node> firstHalf(World world, Effect effect, List<Node> bridges) {
        if (!half.isEmpty()) {
            return effect.choose("half", half, world);
        }
        var others = world.nodes().stream().filter(node -> !bridges.contains(node)).toList();
        return others.subList(0, Math.ceilDiv(others.size(), 2));
    }

    /// Those of the half that is named, or of both.
    @Override
    public Aftermath aftermath() {
        return Aftermath.ofLost(messages);
    }

    @Override
    public List<PartitionId> targets(World world, Effect effect) {
        var bridges = effect.choose("bridge", bridge, world);
        var named = half.isEmpty() ? world.nodes() : effect.choose("half", half, world);
        return named.stream()
                .filter(node -> !bridges.contains(node))
                .flatMap(node -> node.partitions().stream())
                .sorted()
                .toList();
    }

    @Override
    public List<PartitionId> takesOut(World world, Effect effect) {
        return cut(world, effect).takesOut(world, messages);
    }

    /// As it was before messages could be chosen, so that the fingerprints of other bridges are,
    /// too.
    @Override
    public String toString() {
        return Cut.said("Bridge[bridge=" + bridge + ", half=" + half, messages);
    }
}
