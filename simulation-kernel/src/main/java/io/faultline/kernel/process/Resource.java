package io.faultline.kernel.process;

/// So many places that events take and give back: tellers, recovery slots, connections of a pool.
///
/// ```java
/// var tellers = new Resource("tellers", 3);
/// tellers.acquire();
/// Kronos.blockingSleep(service);
/// tellers.release();
/// ```
///
/// Served in the order of coming, without overtaking: whoever wants many keeps those behind it
/// waiting, and is therefore never passed over for ever.
public final class Resource {

    private final Place place;
    private final Line<Integer> line;
    private final int capacity;
    private final TimeAverage busy;

    /// @param name for people, who read `waits for 1 of 3 tellers`
    /// @param capacity how many places there are; 1 or more
    /// @throws IllegalStateException outside a run
    public Resource(String name, int capacity) {
        this.place = new Place("Resource", name);
        if (capacity < 1) {
            throw new IllegalArgumentException(
                    name + " must have one place or more, but the capacity was " + capacity);
        }
        this.line = new Line<>(place);
        this.capacity = capacity;
        this.busy = new TimeAverage(place.now(), 0);
    }

    /// Takes one place; waits until it is free.
    public void acquire() {
        acquire(1);
    }

    /// Takes `places`; waits until so many are free.
    public void acquire(int places) {
        acquire(places, Place.FOREVER);
    }

    /// Takes `places` if so many are free within a time, and it is this one's turn.
    ///
    /// @param nanos how long to wait at most; zero or more. With 0 it takes them now or not at all
    /// @return whether it has taken them; if not, it has taken none
    public boolean acquire(int places, long nanos) {
        if (places < 1 || places > capacity) {
            throw new IllegalArgumentException(
                    "cannot acquire %d of %s: it takes from 1 to %d"
                            .formatted(places, place, capacity));
        }
        place.arrive("Resource.acquire", nanos);
        if (line.first() == null && places <= available()) {
            occupy(places);
            line.passAtOnce();
            return true;
        }
        if (nanos == 0) {
            line.turnAway();
            return false;
        }
        try {
            var what = places + " of " + capacity + " " + place;
            return line.await(what, places, nanos) != null;
        } finally {
            serve(); // Without this one at the head, the next may fit.
        }
    }

    /// Gives one place back.
    public void release() {
        release(1);
    }

    /// Gives `places` back. Who gives back need not be who took.
    ///
    /// @throws IllegalStateException if fewer are taken
    public void release(int places) {
        if (places < 1) {
            throw new IllegalArgumentException(
                    "cannot release %d of %s: it takes 1 or more".formatted(places, place));
        }
        place.act("Resource.release", () -> releaseNow(places));
    }

    /// Ends every wait of an entity's events here with a
    /// [java.util.concurrent.CancellationException]. The places that it has taken stay taken.
    ///
    /// @return how many there were
    public int cancel(Object entity) {
        place.arrive("Resource.cancel");
        int ended = line.cancel(entity);
        serve();
        return ended;
    }

    public int capacity() {
        return capacity;
    }

    /// How many places are taken.
    public int inUse() {
        return (int) busy.value();
    }

    /// How many places are free, be it that somebody waits for more.
    public int available() {
        return capacity - inUse();
    }

    /// How many events wait.
    public int waiting() {
        return line.length();
    }

    /// What fraction of the places was taken, averaged over time: from 0 to 1.
    public double utilisation() {
        return busy.mean(place.now()) / capacity;
    }

    /// How those fared who came for places.
    public QueueStatistics queue() {
        return line.statistics();
    }

    /// Begins all statistics anew, at the end of a warm-up say. A wait that is going on counts
    /// whole when it ends.
    public void resetStatistics() {
        busy.restart(place.now());
        line.resetStatistics();
    }

    private void releaseNow(int places) {
        if (places > inUse()) {
            throw new IllegalStateException(
                    "cannot release %d of %s: no more than %d of %d taken"
                            .formatted(places, place, inUse(), capacity));
        }
        occupy(-places);
        serve();
    }

    private void occupy(int places) {
        busy.set(place.now(), inUse() + places);
    }

    private void serve() {
        for (var next = line.first();
                next != null && next.item <= available();
                next = line.first()) {
            occupy(next.item);
            line.go(next);
        }
    }

    @Override
    public String toString() {
        return place + " (" + inUse() + " of " + capacity + " taken, " + waiting() + " waiting)";
    }
}
