package io.faultline.benchmark.peer;

import io.faultline.benchmark.Subject;
import io.faultline.benchmark.hold.Hops;

import umontreal.ssj.simevents.Event;
import umontreal.ssj.simevents.Simulator;
import umontreal.ssj.simevents.eventlist.EventList;

/// The hold model in the event view of SSJ: a new event object for each arrival, as its tutorials
/// do. Its time is a double, here of nanoseconds.
public final class SsjHops implements Subject {

    private final Simulator simulator;
    private final Hops hops;

    public SsjHops(Hops hops, EventList events) {
        this.hops = hops;
        simulator = new Simulator(events);
        for (int token = 0; token < hops.tokens(); token++) {
            arrivalAt(hops.start(token)).schedule(hops.first(token));
        }
    }

    @Override
    public void run(int operations) {
        hops.begin(operations);
        simulator.start();
    }

    @Override
    public long checksum() {
        return hops.checksum();
    }

    private Arrival arrivalAt(int place) {
        return switch (place % 4) {
            case 0 -> new North(place);
            case 1 -> new East(place);
            case 2 -> new South(place);
            default -> new West(place);
        };
    }

    private abstract class Arrival extends Event {
        private final int place;

        Arrival(int place) {
            super(simulator);
            this.place = place;
        }

        final void arrive() {
            if (hops.arrive(place)) {
                sim.stop();
            }
            var increment = hops.increment();
            arrivalAt(hops.next(place)).schedule(increment);
        }
    }

    private final class North extends Arrival {
        North(int place) {
            super(place);
        }

        @Override
        public void actions() {
            arrive();
        }
    }

    private final class East extends Arrival {
        East(int place) {
            super(place);
        }

        @Override
        public void actions() {
            arrive();
        }
    }

    private final class South extends Arrival {
        South(int place) {
            super(place);
        }

        @Override
        public void actions() {
            arrive();
        }
    }

    private final class West extends Arrival {
        West(int place) {
            super(place);
        }

        @Override
        public void actions() {
            arrive();
        }
    }
}
