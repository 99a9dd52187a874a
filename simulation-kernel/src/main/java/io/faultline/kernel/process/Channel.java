package io.faultline.kernel.process;

import java.util.Objects;
import java.util.Optional;

/// Hands things over from one event to another: nothing is in between, so whoever comes first waits
/// for the other.
///
/// ```java
/// var orders = new Channel<Order>("orders");
/// orders.put(order);             // in one event
/// var order = orders.take();     // in another
/// ```
///
/// Both go on at the time of the later of the two, at once: first the one that waited, then the
/// other. Puts are matched with takes in the order in which they came.
///
/// Prime-Mover's `SynchronousQueue` in its intent.
///
/// @param <T> what is handed over; never null
public final class Channel<T> {

    private final Place place;
    private final Line<T> putters;
    private final Line<T> takers;
    private final String aPutter;
    private final String aTaker;

    /// @param name for people, who read `waits for a taker at channel orders`
    /// @throws IllegalStateException outside a run
    public Channel(String name) {
        place = new Place("Channel", name);
        putters = new Line<>(place);
        takers = new Line<>(place);
        aPutter = "a putter at channel " + name;
        aTaker = "a taker at channel " + name;
    }

    /// Hands `element` over; waits until somebody takes it.
    public void put(T element) {
        put(element, Place.FOREVER);
    }

    /// Hands `element` over if somebody takes it within a time.
    ///
    /// @param nanos how long to wait at most; zero or more
    /// @return whether it was taken
    public boolean put(T element, long nanos) {
        checkNotNull(element);
        place.arrive("Channel.put", nanos);
        var taker = takers.first();
        if (taker == null) {
            if (nanos == 0) {
                putters.turnAway();
                return false;
            }
            return putters.await(aTaker, element, nanos) != null;
        }
        var turn = place.suspension("its turn");
        give(element, taker);
        turn.resume(null);
        turn.await();
        return true;
    }

    /// Hands `element` over if somebody waits for it; never waits, and goes on before the other.
    ///
    /// @return whether somebody did
    public boolean offer(T element) {
        checkNotNull(element);
        place.arrive("Channel.offer");
        var taker = takers.first();
        if (taker == null) {
            putters.turnAway();
            return false;
        }
        give(element, taker);
        return true;
    }

    /// Waits until somebody hands something over, and takes it.
    public T take() {
        return take(Place.FOREVER).orElseThrow();
    }

    /// Takes what somebody hands over within a time.
    ///
    /// @param nanos how long to wait at most; zero or more
    /// @return empty if nobody did
    public Optional<T> take(long nanos) {
        place.arrive("Channel.take", nanos);
        var putter = putters.first();
        if (putter == null) {
            if (nanos == 0) {
                takers.turnAway();
                return Optional.empty();
            }
            return Optional.ofNullable(takers.await(aPutter, null, nanos)).map(w -> w.item);
        }
        var turn = place.suspension("its turn");
        takeFrom(putter);
        turn.resume(null);
        turn.await();
        return Optional.of(putter.item);
    }

    /// Takes what somebody waits to hand over; never waits, and goes on before the other.
    ///
    /// @return empty if nobody does
    public Optional<T> poll() {
        place.arrive("Channel.poll");
        var putter = putters.first();
        if (putter == null) {
            takers.turnAway();
            return Optional.empty();
        }
        takeFrom(putter);
        return Optional.of(putter.item);
    }

    /// Ends every wait of an entity's events here with a
    /// [java.util.concurrent.CancellationException]; what they brought is not handed over.
    ///
    /// @return how many there were
    public int cancel(Object entity) {
        place.arrive("Channel.cancel");
        return putters.cancel(entity) + takers.cancel(entity);
    }

    /// How those fared who came to put.
    public QueueStatistics puts() {
        return putters.statistics();
    }

    /// How those fared who came to take.
    public QueueStatistics takes() {
        return takers.statistics();
    }

    private void give(T element, Waiter<T> taker) {
        taker.item = element;
        takers.go(taker);
        putters.passAtOnce();
    }

    private void takeFrom(Waiter<T> putter) {
        putters.go(putter);
        takers.passAtOnce();
    }

    private void checkNotNull(T element) {
        Objects.requireNonNull(
                element, () -> "channel " + place + " carries no null; put an element or nothing");
    }

    @Override
    public String toString() {
        return "channel " + place;
    }
}
