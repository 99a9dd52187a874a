package io.faultline.model.fault;

import io.faultline.kernel.random.Uniform;
import io.faultline.model.Setting;
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
/// is clogged any more. A budget is asked whenever a node would be clogged; it is left alone if the
/// answer is no.
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
        var chance = effect.random("times");
        long half = within.toNanos() / 2;
        var sometime = new Uniform(0, half);
        var sequel = new Sequel();
        var clogs = new Clogs(world, effect);
        for (var node : effect.choose("nodes", nodes, world)) {
            var gate = clogs.gate(node);
            long clogged = sometime.sampleNanos(chance);
            long free = half + sometime.sampleNanos(chance);
            sequel.after(clogged, () -> clogs.clog(node, gate));
            sequel.undoAfter(free, () -> clogs.unclog(node, gate));
        }
        return () -> {
            sequel.end();
            clogs.end();
        };
    }

    /// Which nodes are clogged at a time. They are cut off in truth, each from everybody, if no
    /// kind of messages is spared, by this or by anything else.
    private final class Clogs {
        private final World world;
        private final Effect effect;
        private final int[] sides;
        private final List<Gate> gates = new ArrayList<>();
        private final Runnable end;

        Clogs(World world, Effect effect) {
            this.world = world;
            this.effect = effect;
            this.sides = new int[world.nodes().size()];
            var cut = new Cut(sides, Cut.Passage.NONE);
            this.end = new Silence(cut, Traffic.kinds(messages)).begin(world);
        }

        Gate gate(Node node) {
            var gate =
                    new Gate(envelope -> {
                        if (!concerns(envelope, node)) {
                            return Gate.PASSES;
                        }
                        effect.take();
                        return Gate.UNTIL_IT_OPENS;
                    });
            gates.add(gate);
            return gate;
        }

        void clog(Node node, Gate gate) {
            if (effect.mayTakeOut(takenOut(node))) {
                world.network().close(gate);
                sides[node.index()] = node.index() + 1;
                world.truth().networkChanged();
            }
        }

        private List<PartitionId> takenOut(Node node) {
            return Cut.of(world, other -> other == node ? 1 : 0, Cut.Passage.NONE)
                    .takesOut(world, messages);
        }

        void unclog(Node node, Gate gate) {
            world.network().open(gate);
            sides[node.index()] = 0;
            world.truth().networkChanged();
        }

        void end() {
            gates.forEach(world.network()::open);
            end.run();
        }
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
