package io.faultline.model.fault;

import io.faultline.model.Setting;
import io.faultline.model.World;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.network.MessageKind;

import java.util.List;

/// Some nodes are cut off from the rest, but not from each other. If only one direction is cut, the
/// connection is half open: they still hear what the others say, or are still heard.
public record Isolation(
        @Setting("the nodes that are cut off") Selector nodes,
        @Setting(value = "which messages are lost", byDefault = "both") Direction direction,
        @Setting("the kinds of messages concerned; every kind if left out")
                List<MessageKind> messages)
        implements Fault {

    /// Which messages between some nodes and the rest are meant.
    public enum Direction {
        /// All of them.
        BOTH,
        /// Those to the nodes.
        IN,
        /// Those from the nodes.
        OUT
    }

    private static final int REST = 0;
    private static final int CUT_OFF = 1;

    public Isolation {
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("isolation needs nodes");
        }
    }

    /// All messages are concerned.
    public Isolation(Selector nodes, Direction direction) {
        this(nodes, direction, List.of());
    }

    @Override
    public Runnable inject(World world, Effect effect) {
        return cut(world, effect).make(world, effect, messages);
    }

    private Cut cut(World world, Effect effect) {
        var chosen = effect.choose("nodes", nodes, world);
        return Cut.of(
                world,
                node -> chosen.contains(node) ? CUT_OFF : REST,
                (from, _) ->
                        switch (direction) {
                            case BOTH -> false;
                            case IN -> from == CUT_OFF;
                            case OUT -> from == REST;
                        });
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

    /// As it was before messages could be chosen, so that the fingerprints of other isolations are,
    /// too.
    @Override
    public String toString() {
        return Cut.said("Isolation[nodes=" + nodes + ", direction=" + direction, messages);
    }
}
