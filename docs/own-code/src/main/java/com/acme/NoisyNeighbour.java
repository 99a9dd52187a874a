package com.acme;

import io.faultline.kernel.entity.Entity;
import io.faultline.kernel.entity.Kronos;
import io.faultline.kernel.entity.NonEvent;
import io.faultline.model.Setting;
import io.faultline.model.Turn;
import io.faultline.model.World;
import io.faultline.model.cluster.Node;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.fault.Effect;
import io.faultline.model.fault.OwnFault;
import io.faultline.model.fault.Selector;

import java.time.Duration;
import java.util.List;

/// Somebody else has work done on the machine, which waits for it in the queue of the node.
public record NoisyNeighbour(
        @Setting("the nodes that are shared") Selector nodes,
        @Setting(value = "how often the neighbour comes", byDefault = "100ms") Duration every,
        @Setting(value = "how long it works each time", byDefault = "80ms") Duration takes)
        implements OwnFault {

    public NoisyNeighbour {
        if (!every.isPositive()) {
            throw new IllegalArgumentException("every must be longer than 0");
        }
    }

    @Override
    public Runnable inject(World world, Effect effect) {
        var neighbour = new Neighbour(effect.choose("nodes", nodes, world), this, effect);
        neighbour.work();
        return neighbour::leave;
    }

    @Override
    public List<PartitionId> targets(World world, Effect effect) {
        return effect.partitions("nodes", nodes, world);
    }

    /// The neighbour itself.
    @Entity
    static class Neighbour {
        private final List<Node> nodes;
        private final NoisyNeighbour settings;
        private final Effect effect;
        private boolean gone;

        Neighbour(List<Node> nodes, NoisyNeighbour settings, Effect effect) {
            this.nodes = nodes;
            this.settings = settings;
            this.effect = effect;
        }

        /// Works once on each node that is up, and comes again.
        public void work() {
            if (gone) {
                return;
            }
            for (var node : nodes) {
                if (node.isUp()) {
                    node.enqueue(
                            settings.takes().toNanos(),
                            Turn.DELIVERY.ofNobody(),
                            () -> this.done());
                    effect.take();
                }
            }
            Kronos.after(settings.every().toNanos(), () -> this.work());
        }

        /// A node has done what it was asked for, which nobody waits for.
        public void done() {}

        @NonEvent
        public void leave() {
            gone = true;
        }

        @Override
        public String toString() {
            return "noisy neighbour";
        }
    }
}
