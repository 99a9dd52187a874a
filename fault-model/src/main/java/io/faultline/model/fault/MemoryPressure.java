package io.faultline.model.fault;

import io.faultline.kernel.random.Distribution;
import io.faultline.model.Probability;
import io.faultline.model.Setting;
import io.faultline.model.World;
import io.faultline.model.cluster.Node;
import io.faultline.model.cluster.PartitionId;

import java.util.ArrayList;
import java.util.List;

/// Nodes are short of memory, and spend a share of their time on collecting garbage. At the end of
/// the fault, if it has one, they have enough.
///
/// A budget is asked at each collection, and one that it forbids does not stop the world.
///
/// Each collection stops the world for `pause`, and the program runs for `pause * (1 - share) /
/// share` between two of them. So of a long time the `share` is lost, and work takes 1 / (1 -
/// share) times as long on average. The default pause is the goal of HotSpot's G1
/// (`-XX:MaxGCPauseMillis`, 200 ms); its parallel collector gives up with an `OutOfMemoryError`
/// where more than 98 % of the time is lost (`-XX:GCTimeLimit`), hence the upper limit here.
public record MemoryPressure(
        @Setting("the nodes that are short of memory") Selector nodes,
        @Setting("the share of their time that they spend on collecting garbage") Probability share,
        @Setting(value = "how long each collection stops the world", byDefault = "200ms")
                Distribution pause)
        implements Fault {

    private static final double MOST = 0.98;

    public MemoryPressure {
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("memory-pressure needs nodes");
        }
        if (share.value() <= 0 || share.value() > MOST) {
            throw new IllegalArgumentException(
                    "share is more than 0% and at most 98%, but was " + share.value() * 100 + "%");
        }
    }

    @Override
    public Runnable inject(World world, Effect effect) {
        var sequel = new Sequel();
        var collectors = new ArrayList<Collector>();
        for (var node : effect.choose("nodes", nodes, world)) {
            var collector = new Collector(node, sequel, effect);
            collectors.add(collector);
            collector.collect();
        }
        return () -> {
            sequel.end();
            collectors.forEach(Collector::stop);
        };
    }

    @Override
    public List<PartitionId> targets(World world, Effect effect) {
        return effect.partitions("nodes", nodes, world);
    }

    /// The garbage collector of one node.
    private final class Collector {
        private final Node node;
        private final Sequel sequel;
        private final Effect effect;
        private final Runnable takesEffect;

        Collector(Node node, Sequel sequel, Effect effect) {
            this.node = node;
            this.sequel = sequel;
            this.effect = effect;
            this.takesEffect = effect::take;
        }

        void collect() {
            long nanos = Math.max(1, pause.sampleNanos(effect.random("pause/" + node)));
            if (effect.mayTakeOut(node.partitions())) {
                node.pause(takesEffect);
            }
            sequel.undoAfter(
                    nanos, () -> run((long) (nanos * (1 - share.value()) / share.value())));
        }

        private void run(long nanos) {
            stop();
            sequel.after(nanos, this::collect);
        }

        void stop() {
            node.pauseOver(takesEffect);
        }
    }
}
