package io.faultline.model.fault;

import io.faultline.model.Setting;
import io.faultline.model.World;
import io.faultline.model.cluster.PartitionId;

import java.util.List;

/// Nodes stop at once and lose all that they stored, replicas of others included: the disk is gone,
/// or the instance with its local storage. Neither a recovery nor an operator can start them again.
/// At the end of the fault, if it has one, an empty machine takes the place of each, and starts
/// unless a crash keeps it down. It joins like any other node that starts from scratch; if all
/// attempts to recover its partition have failed by then, an operator has to ask for another one.
///
/// A recovery takes the entities from where its replicas are, as after a crash. How many replicas
/// there are, and on which nodes, the model does not say: whichever healthy partition is next has
/// one. So no entity is lost for good, however many nodes are wiped at once. What the coordinator
/// knows is durable, and is not lost with its node either.
public record Wipe(@Setting("the nodes that are wiped") Selector nodes) implements Fault {

    public Wipe {
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("wipe needs nodes");
        }
    }

    @Override
    public Runnable inject(World world, Effect effect) {
        var chosen = effect.choose("nodes", nodes, world);
        Runnable takesEffect = effect::take;
        chosen.forEach(node -> node.wipe(takesEffect));
        return () -> chosen.forEach(node -> node.wipeOver(takesEffect));
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
