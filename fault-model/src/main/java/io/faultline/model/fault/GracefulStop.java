package io.faultline.model.fault;

import io.faultline.model.Setting;
import io.faultline.model.World;
import io.faultline.model.cluster.PartitionId;

import java.util.List;

/// Somebody stops nodes for maintenance: they accept no operation any more, do what is in their
/// queues, say goodbye to the coordinator and stop. At the end of the fault, if it has one, they
/// start again from scratch, unless something else keeps them down; those which are not done by
/// then stay up. A recovery or an operator starts them earlier.
public record GracefulStop(@Setting("the nodes that are stopped") Selector nodes) implements Fault {

    public GracefulStop {
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("graceful-stop needs nodes");
        }
    }

    @Override
    public Runnable inject(World world, Effect effect) {
        var chosen = effect.choose("nodes", nodes, world);
        Runnable takesEffect = effect::take;
        chosen.forEach(node -> node.leave(takesEffect));
        return () -> chosen.forEach(node -> node.leaveOver(takesEffect));
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
