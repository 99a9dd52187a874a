package io.faultline.benchmark.hold;

import io.faultline.kernel.PostedEvent;

/// The event of the hold model, written by hand: four classes of it, as many as there are entity
/// classes.
public abstract class Arrival extends PostedEvent {

    /// Whatever runs the events.
    public interface World {
        /// Does what happens when something arrives at a place.
        void arrive(int place);
    }

    private final World world;
    private final int place;

    Arrival(World world, int place) {
        this.world = world;
        this.place = place;
    }

    public static Arrival at(World world, int place) {
        return switch (place % 4) {
            case 0 -> new North(world, place);
            case 1 -> new East(world, place);
            case 2 -> new South(world, place);
            default -> new West(world, place);
        };
    }

    final void arrive() {
        world.arrive(place);
    }

    static final class North extends Arrival {
        North(World world, int place) {
            super(world, place);
        }

        @Override
        protected void run() {
            arrive();
        }
    }

    static final class East extends Arrival {
        East(World world, int place) {
            super(world, place);
        }

        @Override
        protected void run() {
            arrive();
        }
    }

    static final class South extends Arrival {
        South(World world, int place) {
            super(world, place);
        }

        @Override
        protected void run() {
            arrive();
        }
    }

    static final class West extends Arrival {
        West(World world, int place) {
            super(world, place);
        }

        @Override
        protected void run() {
            arrive();
        }
    }
}
