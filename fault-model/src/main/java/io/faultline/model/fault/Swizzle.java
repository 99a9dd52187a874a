package io.faultline.model.fault;

import io.faultline.kernel.Timer;
import io.faultline.kernel.entity.Kronos;
import io.faultline.kernel.random.Uniform;
import io.faultline.model.Setting;
import io.faultline.model.Turn;
import io.faultline.model.World;
import io.faultline.model.cluster.Node;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.network.Envelope;
import io.faultline.model.network.Gate;
import io.faultline.model.network.MessageKind;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Nodes are clogged one after another at random times, and unclogged in another random order: in
/// the first half of the time all links of each, to it and from it, are clogged, in the second half
/// they are freed. What is sent meanwhile piles up, and is let through when neither end of its link
/// is clogged any more.
///
/// After the swizzled clogging of FoundationDB (*Simulation and Testing* in its documentation),
/// which found more faults than clogging nodes at the same time. For reliable kinds it is what a
/// clogged link is.
public record Swizzle(
        @Setting("the nodes that are clogged") Selector nodes,
        @Setting(
                        value =
                                "how long it takes from the beginning until all are free again;"
                                        + " they also are at the end of the fault",
                        byDefault = "10s")
                Duration within,
        @Setting("the kinds of messages concerned; every kind if left out")
                List<MessageKind> messages)
        implements Fault {

    public Swizzle {
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("swizzle needs nodes");
        }
        if (!within.isPositive()) {
            throw new IllegalArgumentException("within must be longer than 0");
        }
    }

    /// All messages are concerned.
    public Swizzle(Selector nodes, Duration within) {
        this(nodes, within, List.of());
    }

    @Override
    public Runnable inject(World world, Effect effect) {
        var network = world.network();
        var chance = effect.random("times");
        long half = within.toNanos() / 2;
        var sometime = new Uniform(0, half);
        var timers = new ArrayList<Timer>();
        var gates = new ArrayList<Gate>();
        for (var node : effect.choose("nodes", nodes, world)) {
            var gate =
                    new Gate(envelope -> {
                        if (!concerns(envelope, node)) {
                            return Gate.PASSES;
                        }
                        effect.take();
                        return Gate.UNTIL_IT_OPENS;
                    });
            gates.add(gate);
            long clogged = sometime.sampleNanos(chance);
            long free = half + sometime.sampleNanos(chance);
            timers.add(Kronos.timer(clogged, Turn.FAULT.ofNobody(), () -> network.clog(gate)));
            timers.add(Kronos.timer(free, Turn.HEAL.ofNobody(), () -> network.unclog(gate)));
        }
        return () -> {
            timers.forEach(Timer::cancel);
            gates.forEach(network::open);
        };
    }

    private boolean concerns(Envelope envelope, Node node) {
        return (envelope.from() == node || envelope.at() == node)
                && Traffic.includes(messages, envelope);
    }

    @Override
    public List<PartitionId> targets(World world, Effect effect) {
        return effect.partitions("nodes", nodes, world);
    }

    /// As it was before messages could be chosen, so that the fingerprints of other swizzles are,
    /// too.
    @Override
    public String toString() {
        return Cut.said("Swizzle[nodes=" + nodes + ", within=" + within, messages);
    }
}
