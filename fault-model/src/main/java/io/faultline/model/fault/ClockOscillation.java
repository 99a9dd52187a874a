package io.faultline.model.fault;

import io.faultline.model.Setting;
import io.faultline.model.World;
import io.faultline.model.cluster.NodeClock;
import io.faultline.model.cluster.PartitionId;

import java.time.Duration;
import java.util.List;

/// The clocks of nodes go too fast and too slow by turns, as those of a quartz in a room that warms
/// up and cools down: the rate is a sine wave, which begins with being right and becoming too fast.
/// At the end of the fault, if it has one, they go right again, but nobody sets them; after whole
/// periods they are right to within what the steps make of it.
///
/// A period has 16 steps of the same rate each, that of the sine wave in the middle of the step.
public record ClockOscillation(
        @Setting("the nodes whose clocks oscillate") Selector nodes,
        @Setting("by how many millionths they are too fast, and too slow, at most") int ppm,
        @Setting("how long it takes until everything comes again") Duration period)
        implements Fault {

    private static final int MOST = 100_000;
    private static final int STEPS = 16;

    public ClockOscillation {
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("clock-oscillation needs nodes");
        }
        if (ppm < 1 || ppm > MOST) {
            throw new IllegalArgumentException(
                    "ppm lies between 1 and " + MOST + ", but was " + ppm);
        }
        if (period.toNanos() < STEPS) {
            throw new IllegalArgumentException("a period is at least " + STEPS + "ns long");
        }
    }

    @Override
    public Runnable inject(World world, Effect effect) {
        var sequel = new Sequel();
        var waves =
                effect.choose("nodes", nodes, world).stream()
                        .map(node -> new Wave(node.clock(), sequel, effect))
                        .toList();
        waves.forEach(wave -> wave.step(0));
        return () -> {
            sequel.end();
            waves.forEach(wave -> wave.undo.run());
        };
    }

    /// By how many millionths a clock is too fast in a step.
    static int rate(int ppm, int step) {
        double angle = 2 * StrictMath.PI * (step + 0.5) / STEPS;
        return (int) StrictMath.round(ppm * StrictMath.sin(angle));
    }

    @Override
    public Aftermath aftermath() {
        return Aftermath.ofClockRate(ppm);
    }

    @Override
    public List<PartitionId> targets(World world, Effect effect) {
        return effect.partitions("nodes", nodes, world);
    }

    /// What becomes of one clock.
    private final class Wave {
        private final NodeClock clock;
        private final Sequel sequel;
        private final Effect effect;
        private Runnable undo = () -> {};

        Wave(NodeClock clock, Sequel sequel, Effect effect) {
            this.clock = clock;
            this.sequel = sequel;
            this.effect = effect;
        }

        void step(int step) {
            undo.run();
            int rate = rate(ppm, step % STEPS);
            undo = rate == 0 ? () -> {} : clock.drift(rate, effect::take);
            long from = period.toNanos() * (step % STEPS) / STEPS;
            long to = period.toNanos() * (step % STEPS + 1) / STEPS;
            sequel.after(to - from, () -> step(step % STEPS + 1));
        }
    }
}
