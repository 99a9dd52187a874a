package io.faultline.kernel.process;

import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;

/// A buffer with room for so many elements: who puts waits while it is full, who takes waits while
/// it is empty.
///
/// Elements leave in the order in which they came; so do those who wait to put, and those who wait
/// to take.
///
/// @param <T> what is kept; never null
public final class Store<T> {

    private final Place place;
    private final Line<T> putters;
    private final Line<T> takers;
    private final String room;
    private final String anElement;
    private final int capacity;
    private final Queue<T> elements = new ArrayDeque<>();
    private final TimeAverage level;

    /// @param name for people, who read `waits for room in store inbox`
    /// @param capacity for how many elements there is room; 1 or more, [Integer#MAX_VALUE] for any
    ///   number
    /// @throws IllegalStateException outside a run
    public Store(String name, int capacity) {
        place = new Place("Store", name);
        if (capacity < 1) {
            throw new IllegalArgumentException(
                    name + " must have room for one or more, but the capacity was " + capacity);
        }
        putters = new Line<>(place);
        takers = new Line<>(place);
        room = "room in store " + name;
        anElement = "an element of store " + name;
        this.capacity = capacity;
        level = new TimeAverage(place.now(), 0);
    }

    /// Puts an element in; waits until there is room.
    public void put(T element) {
        put(element, Place.FOREVER);
    }

    /// Puts an element in if there is room within a time.
    ///
    /// @param nanos how long to wait at most; zero or more
    /// @return whether it is in
    public boolean put(T element, long nanos) {
        Objects.requireNonNull(
                element, () -> "store " + place + " keeps no null; put an element or nothing");
        place.arrive("Store.put", nanos);
        if (putters.first() == null && elements.size() < capacity) {
            elements.add(element);
            putters.passAtOnce();
            move();
            return true;
        }
        if (nanos == 0) {
            putters.turnAway();
            return false;
        }
        return putters.await(room, element, nanos) != null;
    }

    /// Puts an element in if there is room now.
    ///
    /// @return whether it is in
    public boolean offer(T element) {
        return put(element, 0);
    }

    /// Takes the oldest element out; waits until there is one.
    public T take() {
        return take(Place.FOREVER).orElseThrow();
    }

    /// Takes the oldest element out if there is one within a time.
    ///
    /// @param nanos how long to wait at most; zero or more
    /// @return empty if there was none
    public Optional<T> take(long nanos) {
        place.arrive("Store.take", nanos);
        if (takers.first() == null && !elements.isEmpty()) {
            var element = elements.remove();
            takers.passAtOnce();
            move();
            return Optional.of(element);
        }
        if (nanos == 0) {
            takers.turnAway();
            return Optional.empty();
        }
        return Optional.ofNullable(takers.await(anElement, null, nanos)).map(w -> w.item);
    }

    /// Takes the oldest element out if there is one now.
    public Optional<T> poll() {
        return take(0);
    }

    /// Ends every wait of an entity's events here with a
    /// [java.util.concurrent.CancellationException]; what they brought stays out.
    ///
    /// @return how many there were
    public int cancel(Object entity) {
        place.arrive("Store.cancel");
        return putters.cancel(entity) + takers.cancel(entity);
    }

    public int capacity() {
        return capacity;
    }

    /// How many elements are in.
    public int size() {
        return elements.size();
    }

    /// The number of elements, averaged over time.
    public double meanLevel() {
        return level.mean(place.now());
    }

    /// The greatest number of elements, be it for an instant. One that goes straight to somebody
    /// who waits is never in.
    public int maxLevel() {
        return (int) level.max();
    }

    /// How those fared who came to put.
    public QueueStatistics puts() {
        return putters.statistics();
    }

    /// How those fared who came to take.
    public QueueStatistics takes() {
        return takers.statistics();
    }

    /// Begins all statistics anew, at the end of a warm-up say. A wait that is going on counts
    /// whole when it ends.
    public void resetStatistics() {
        level.restart(place.now());
        putters.resetStatistics();
        takers.resetStatistics();
    }

    /// Moves elements on for as long as anybody can be served.
    private void move() {
        boolean moved = true;
        while (moved) {
            moved = false;
            var taker = takers.first();
            if (taker != null && !elements.isEmpty()) {
                taker.item = elements.remove();
                takers.go(taker);
                moved = true;
            }
            var putter = putters.first();
            if (putter != null && elements.size() < capacity) {
                elements.add(putter.item);
                putters.go(putter);
                moved = true;
            }
        }
        level.set(place.now(), elements.size());
    }

    @Override
    public String toString() {
        return "store " + place + " (" + size() + " of " + capacity + ")";
    }
}
