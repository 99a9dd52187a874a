package io.faultline.model.fault;

import io.faultline.model.Setting;
import io.faultline.model.World;
import io.faultline.model.cluster.PartitionId;

import java.time.Duration;
import java.util.List;

/// Nodes have too few threads for their work: a pool is too small, or most of its threads are
/// blocked. At the end of the fault, if it has one, there are enough.
///
/// What needs `needed` threads to be done in its time and has `available` of them is done in
/// `needed / available` times its time: the threads share the work equally, none of it waits for
/// anything else, and changing from one to another costs nothing. That is processor sharing, and
/// the best case; a pool whose tasks wait for each other stands still.
public record ThreadStarvation(
        @Setting("the nodes that have too few threads") Selector nodes,
        @Setting("how many threads are left") int available,
        @Setting("how many threads the work needs to be done in its time") int needed)
        implements Fault {

    public ThreadStarvation {
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("thread-starvation needs nodes");
        }
        if (available < 1 || available >= needed) {
            throw new IllegalArgumentException(
                    "at least one thread is available, and fewer than are needed, but they are "
                            + available
                            + " of "
                            + needed);
        }
    }

    @Override
    public Runnable inject(World world, Effect effect) {
        return SlowNode.slow(
                effect.choose("nodes", nodes, world),
                (double) needed / available,
                Duration.ZERO,
                effect);
    }

    @Override
    public List<PartitionId> targets(World world, Effect effect) {
        return effect.partitions("nodes", nodes, world);
    }
}
