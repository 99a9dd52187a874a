package io.faultline.benchmark.hold;

import io.faultline.kernel.PostedEvent;

import java.util.Arrays;

/// The event of the hold model, written by hand: four classes of it, as many as there are entity
/// classes.
public abstract class Arrival extends PostedEvent {

    /// Whatever runs the events.
    public interface World {
        /// Does what happens when something arrives at a place.
        void arrive(int place);
    }

    /// Where something arrives.
    public record Place(World world, int index) {

        /// The places of a world.
        public static Place[] all(World world, int count) {
            var places = new Place[count];
            Arrays.setAll(places, index -> new Place(world, index));
            return places;
        }

        /// A new event.
        public Arrival arrival() {
            return switch (index % 4) {
                case 0 -> new North(this);
                case 1 -> new East(this);
                case 2 -> new South(this);
                default -> new West(this);
            };
        }
    }

    private final Place place;

    Arrival(Place place) {
        this.place = place;
    }

    final void arrive() {
        place.world().arrive(place.index());
    }

    static final class North extends Arrival {
        North(Place place) {
            super(place);
        }

        @Override
        protected void run() {
            arrive();
        }
    }

    static final class East extends Arrival {
        East(Place place) {
            super(place);
        }

        @Override
        protected void run() {
            arrive();
        }
    }

    static final class South extends Arrival {
        South(Place place) {
            super(place);
        }

        @Override
        protected void run() {
            arrive();
        }
    }

    static final class West extends Arrival {
        West(Place place) {
            super(place);
        }

        @Override
        protected void run() {
            arrive();
        }
    }
}
