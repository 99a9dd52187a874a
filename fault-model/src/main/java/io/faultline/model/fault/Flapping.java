package io.faultline.model.fault;

import io.faultline.kernel.random.Distribution;
import io.faultline.model.Setting;
import io.faultline.model.World;
import io.faultline.model.cluster.Node;
import io.faultline.model.cluster.PartitionId;

import java.util.ArrayList;
import java.util.List;

/// Nodes go down and come up again and again, each at times of its own: a supervisor that restarts
/// what cannot stay up, a cable that is loose. The first thing that happens is that they go down.
/// At the end of the fault, if it has one, they stay up.
public record Flapping(
        @Setting("the nodes that go down and up") Selector nodes,
        @Setting("how long they are down each time") Distribution down,
        @Setting("how long they are up in between") Distribution up,
        @Setting(value = "what happens to them each time", byDefault = "crash") By by)
        implements Fault {

    /// In which way a node goes down.
    public enum By {
        /// It stops at once, loses what it was doing, and starts from scratch.
        CRASH,
        /// It stands still, and goes on where it was.
        PAUSE,
        /// It works, but exchanges no messages with any other node.
        ISOLATION
    }

    public Flapping {
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("flapping needs nodes");
        }
    }

    @Override
    public Runnable inject(World world, Effect effect) {
        var sequel = new Sequel();
        var flaps = new ArrayList<Flap>();
        for (var node : effect.choose("nodes", nodes, world)) {
            var flap = new Flap(node, world, sequel, effect);
            flaps.add(flap);
            flap.goDown(true);
        }
        return () -> {
            sequel.end();
            flaps.forEach(flap -> flap.undo.run());
        };
    }

    @Override
    public Aftermath aftermath() {
        return by == By.ISOLATION ? Aftermath.ofLost(List.of()) : Aftermath.NONE;
    }

    @Override
    public List<PartitionId> targets(World world, Effect effect) {
        return effect.partitions("nodes", nodes, world);
    }

    /// The first time. Whenever a node would go down again the budget is asked anew, and it stays
    /// up for that time if the answer is no.
    @Override
    public List<PartitionId> takesOut(World world, Effect effect) {
        return targets(world, effect);
    }

    /// What becomes of one node.
    private final class Flap {
        private final Node node;
        private final World world;
        private final Sequel sequel;
        private final Effect effect;
        private Runnable undo = () -> {};

        Flap(Node node, World world, Sequel sequel, Effect effect) {
            this.node = node;
            this.world = world;
            this.sequel = sequel;
            this.effect = effect;
        }

        /// @param mayGo whether the budget has allowed it
        void goDown(boolean mayGo) {
            if (mayGo) {
                undo = takeDown();
            }
            sequel.undoAfter(nanos(down, "down"), this::comeUp);
        }

        private void comeUp() {
            undo.run();
            undo = () -> {};
            sequel.after(nanos(up, "up"), () -> goDown(effect.mayTakeOut(node.partitions())));
        }

        private long nanos(Distribution span, String purpose) {
            return Math.max(1, span.sampleNanos(effect.random(purpose + "/" + node)));
        }

        private Runnable takeDown() {
            Runnable takesEffect = effect::take;
            return switch (by) {
                case CRASH -> {
                    node.crash(takesEffect);
                    yield () -> node.crashOver(takesEffect);
                }
                case PAUSE -> {
                    node.pause(takesEffect);
                    yield () -> node.pauseOver(takesEffect);
                }
                case ISOLATION ->
                        Cut.of(world, other -> other == node ? 1 : 0, Cut.Passage.NONE)
                                .make(world, effect);
            };
        }
    }
}
