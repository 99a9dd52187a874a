package io.faultline.benchmark.hold;

import io.faultline.benchmark.Subject;
import io.faultline.kernel.Simulation;

/// The hold model on the same simulation, with a lambda for each event.
public final class RunnableHops implements Subject {

    private final Simulation simulation = new Simulation(1);
    private final Hops hops;

    public RunnableHops(Hops hops) {
        this.hops = hops;
        simulation.within(() -> {
            for (int token = 0; token < hops.tokens(); token++) {
                int start = hops.start(token);
                simulation.after(hops.first(token), 0, () -> post(start));
            }
        });
    }

    private void post(int place) {
        switch (place % 4) {
            case 0 -> simulation.post(() -> arrive(place));
            case 1 -> simulation.post(() -> arrive(place));
            case 2 -> simulation.post(() -> arrive(place));
            default -> simulation.post(() -> arrive(place));
        }
    }

    private void arrive(int place) {
        if (hops.arrive(place)) {
            simulation.stop();
        }
        simulation.sleep(hops.increment());
        post(hops.next(place));
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
