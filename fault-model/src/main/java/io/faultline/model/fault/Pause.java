package io.faultline.model.fault;

import io.faultline.model.Setting;
import io.faultline.model.World;
import io.faultline.model.cluster.PartitionId;

import java.util.List;

/// Nothing runs on nodes, and nothing is lost: a garbage collector stops the world, or somebody
/// suspends the virtual machine. At the end of the fault, if it has one, they go on where they
/// were, unless another pause holds them.
public record Pause(@Setting("the nodes that are paused") Selector nodes) implements Fault {

    public Pause {
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("pause needs nodes");
        }
    }

    @Override
    public Runnable inject(World world, Effect effect) {
        var paused = effect.choose("nodes", nodes, world);
        Runnable takesEffect = effect::take;
        paused.forEach(node -> node.pause(takesEffect));
        return () -> paused.forEach(node -> node.pauseOver(takesEffect));
    }

    @Override
    public List<PartitionId> targets(World world, Effect effect) {
        return effect.partitions("nodes", nodes, world);
    }

    @Override
    public List<PartitionId> takesOut(World world, Effect effect) {
        return targets(world, effect);
    }
}
