package io.faultline.benchmark.hold;

import io.faultline.benchmark.Subject;
import io.faultline.kernel.Simulation;

/// The hold model on the same simulation, but with events written by hand and the simulation in a
/// field: what weaving costs is the difference.
public final class HandWrittenHops implements Subject, Arrival.World {

    private final Simulation simulation = new Simulation(1);
    private final Hops hops;

    public HandWrittenHops(Hops hops) {
        this.hops = hops;
        simulation.within(() -> {
            for (int token = 0; token < hops.tokens(); token++) {
                var first = Arrival.at(this, hops.start(token));
                simulation.after(hops.first(token), 0, () -> simulation.post(first));
            }
        });
    }

    @Override
    public void arrive(int place) {
        if (hops.arrive(place)) {
            simulation.stop();
        }
        simulation.sleep(hops.increment());
        simulation.post(Arrival.at(this, hops.next(place)));
    }

    @Override
    public void run(int operations) {
        hops.begin(operations);
        simulation.run();
    }

    @Override
    public long checksum() {
        return hops.checksum();
    }
}
