package io.faultline.benchmark.hold;

import io.faultline.benchmark.Subject;
import io.faultline.kernel.Simulation;
import io.faultline.kernel.entity.Entity;
import io.faultline.kernel.entity.Kronos;

/// The hold model as one writes a model: places are entities, and an arrival is a call.
public final class WovenHops implements Subject {

    private final Simulation simulation = new Simulation(1);
    private final Hops hops;

    public WovenHops(Hops hops) {
        this.hops = hops;
        var places = new Place[hops.places()];
        for (int i = 0; i < places.length; i++) {
            places[i] = place(i, hops, places);
        }
        simulation.within(() -> {
            for (int token = 0; token < hops.tokens(); token++) {
                var start = places[hops.start(token)];
                Kronos.after(hops.first(token), start::arrive);
            }
        });
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

    private static Place place(int index, Hops hops, Place[] places) {
        return switch (index % 4) {
            case 0 -> new North(index, hops, places);
            case 1 -> new East(index, hops, places);
            case 2 -> new South(index, hops, places);
            default -> new West(index, hops, places);
        };
    }

    @Entity
    abstract static class Place {
        private final int index;
        private final Hops hops;
        private final Place[] places;

        Place(int index, Hops hops, Place[] places) {
            this.index = index;
            this.hops = hops;
            this.places = places;
        }

        public abstract void arrive();

        final void hop() {
            if (hops.arrive(index)) {
                Kronos.stop();
            }
            Kronos.sleep(hops.increment());
            places[hops.next(index)].arrive();
        }
    }

    // Four, so that the JVM cannot guess which one comes next.

    @Entity
    static final class North extends Place {
        North(int index, Hops hops, Place[] places) {
            super(index, hops, places);
        }

        @Override
        public void arrive() {
            hop();
        }
    }

    @Entity
    static final class East extends Place {
        East(int index, Hops hops, Place[] places) {
            super(index, hops, places);
        }

        @Override
        public void arrive() {
            hop();
        }
    }

    @Entity
    static final class South extends Place {
        South(int index, Hops hops, Place[] places) {
            super(index, hops, places);
        }

        @Override
        public void arrive() {
            hop();
        }
    }

    @Entity
    static final class West extends Place {
        West(int index, Hops hops, Place[] places) {
            super(index, hops, places);
        }

        @Override
        public void arrive() {
            hop();
        }
    }
}
