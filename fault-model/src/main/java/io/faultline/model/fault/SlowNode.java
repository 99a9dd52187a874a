package io.faultline.model.fault;

import io.faultline.model.Setting;
import io.faultline.model.World;
import io.faultline.model.cluster.Node;
import io.faultline.model.cluster.PartitionId;

import java.time.Duration;
import java.util.List;

/// The processors of nodes are slow: a neighbour on the same machine, a processor that is too hot,
/// or one fan that has failed (a limping or fail-slow node). At the end of the fault, if it has
/// one, they are as fast as before.
///
/// Everything takes `factor` times as long, from what is being worked on at that moment. What
/// usually takes no time, such as to handle a message or to send a heartbeat, takes `overhead`, so
/// that a node without operations is slow as well.
public record SlowNode(
        @Setting("the nodes that are slow") Selector nodes,
        @Setting("how many times as long work takes") double factor,
        @Setting(
                        value =
                                "what every piece of work takes besides, to handle a message and to"
                                        + " send a heartbeat included",
                        byDefault = "1ms")
                Duration overhead)
        implements Fault {

    private static final double MOST = 1_000_000;

    public SlowNode {
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("slow-node needs nodes");
        }
        if (!(factor >= 1) || factor > MOST) {
            throw new IllegalArgumentException(
                    "factor lies between 1 and " + (long) MOST + ", but was " + factor);
        }
        if (overhead.isNegative() || factor == 1 && overhead.isZero()) {
            throw new IllegalArgumentException(
                    "overhead must not be negative, and must be more than 0 with a factor of 1");
        }
    }

    @Override
    public Runnable inject(World world, Effect effect) {
        return slow(effect.choose("nodes", nodes, world), factor, overhead, effect);
    }

    /// @return makes them as fast as before
    static Runnable slow(List<Node> nodes, double factor, Duration overhead, Effect effect) {
        var undos =
                nodes.stream()
                        .map(node -> node.slow(factor, overhead.toNanos(), effect::take))
                        .toList();
        return () -> undos.forEach(Runnable::run);
    }

    @Override
    public List<PartitionId> targets(World world, Effect effect) {
        return effect.partitions("nodes", nodes, world);
    }
}
