package io.faultline.benchmark.hold;

import io.faultline.benchmark.Subject;
import io.faultline.kernel.Simulation;

/// The hold model on the same simulation, but with events written by hand and the simulation in a
/// field: what weaving costs is the difference.
public final class HandWrittenHops implements Subject, Arrival.World {

    private final Simulation simulation = new Simulation(1);
    private final Hops hops;
    private final Arrival.Place[] places;

    public HandWrittenHops(Hops hops) {
        this.hops = hops;
        places = Arrival.Place.all(this, hops.places());
        simulation.within(() -> {
            for (int token = 0; token < hops.tokens(); token++) {
                var first = places[hops.start(token)].arrival();
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
        simulation.post(places[hops.next(place)].arrival());
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
