package io.faultline.benchmark.scene;

import io.faultline.benchmark.Subject;
import io.faultline.kernel.Simulation;
import io.faultline.kernel.entity.Kronos;

/// A workload of entities that only Faultline runs; the entities count what they do.
abstract class Scene implements Subject {

    private final Simulation simulation = new Simulation(1);
    private int left;
    private long done;

    /// Makes entities and calls their first events.
    final void open(Runnable opening) {
        simulation.within(opening);
    }

    /// Counts an operation, and ends the slice if it was the last.
    final void count() {
        done++;
        if (--left == 0) {
            Kronos.stop();
        }
    }

    @Override
    public final void run(int operations) {
        left = operations;
        simulation.run();
    }

    /// How many events are posted and have not begun.
    public final int pending() {
        return simulation.pending();
    }

    /// How many events wait in the middle.
    public final int suspended() {
        return simulation.suspensions().size();
    }

    /// How many operations there were.
    @Override
    public final long checksum() {
        return done;
    }
}
