package io.faultline.kernel.process;

import java.util.Objects;

/// The events that wait at one place for one thing, first come first served, and the statistics of
/// their waiting.
///
/// @param <T> what a waiting event brings, or is to be given
final class Line<T> {

    private final Place place;

    private Waiter<T> first;
    private Waiter<T> last;
    private int length;

    private final TimeAverage lengths;
    private Tally waits = new Tally();
    private long atOnce;
    private long timedOut;
    private long cancelled;

    Line(Place place) {
        this.place = place;
        this.lengths = new TimeAverage(place.now(), 0);
    }

    /// The first that is still waiting; null if there is none. One whose time is over, or whose
    /// wait was called off, may not have gone on yet, and does not count.
    Waiter<T> first() {
        while (first != null && !first.isWaiting()) {
            leave(first);
        }
        return first;
    }

    int length() {
        return length;
    }

    /// Joins the line at its end.
    ///
    /// @param what for people: what it waits for
    Waiter<T> enter(String what, T item) {
        var waiter = new Waiter<>(this, what, place.now(), place.suspension(what), item);
        waiter.before = last;
        if (last == null) {
            first = waiter;
        } else {
            last.after = waiter;
        }
        last = waiter;
        lengths.set(place.now(), ++length);
        return waiter;
    }

    /// Suspends the running event at the end of the line until it is let go.
    ///
    /// @return the waiter; null if the time was over first
    Waiter<T> await(String what, T item, long nanos) {
        var waiter = enter(what, item);
        boolean over = false;
        try {
            over = waiter.await(nanos);
        } catch (Throwable thrown) {
            cancelled++;
            throw thrown;
        } finally {
            leave(waiter);
        }
        if (!over) {
            timedOut++;
            return null;
        }
        return waiter;
    }

    /// Lets a waiter go on, at the present instant.
    void go(Waiter<T> waiter) {
        leave(waiter);
        waits.add(place.now() - waiter.since);
        waiter.wake();
    }

    /// Takes a waiter out, if it is in.
    void leave(Waiter<T> waiter) {
        if (!waiter.inLine) {
            return;
        }
        waiter.inLine = false;
        if (waiter.before == null) {
            first = waiter.after;
        } else {
            waiter.before.after = waiter.after;
        }
        if (waiter.after == null) {
            last = waiter.before;
        } else {
            waiter.after.before = waiter.before;
        }
        lengths.set(place.now(), --length);
    }

    /// Has every waiter go on while it keeps its place.
    void wakeAll() {
        for (var waiter = first; waiter != null; waiter = waiter.after) {
            if (waiter.isWaiting()) {
                waiter.wake();
            }
        }
    }

    /// Ends the waits of an entity's events with an exception. One that was woken and has not gone
    /// on yet merely leaves the line.
    ///
    /// @return how many
    int cancel(Object entity) {
        Objects.requireNonNull(entity, "cancel the waits of which entity? It was null");
        int ended = 0;
        for (var waiter = first; waiter != null; ) {
            var next = waiter.after;
            if (waiter.belongsTo(entity)) {
                if (waiter.isWaiting()) {
                    waiter.fail(waiter.cancellation());
                    ended++;
                }
                leave(waiter);
            }
            waiter = next;
        }
        return ended;
    }

    /// Counts one that did not have to wait.
    void passAtOnce() {
        atOnce++;
        waits.add(0);
    }

    /// Counts one that would have had to wait and did not want to.
    void turnAway() {
        timedOut++;
    }

    QueueStatistics statistics() {
        return new QueueStatistics(
                waits.count(),
                atOnce,
                timedOut,
                cancelled,
                lengths.mean(place.now()),
                (int) lengths.max(),
                waits.mean(),
                waits.max());
    }

    void resetStatistics() {
        lengths.restart(place.now());
        waits = new Tally();
        atOnce = 0;
        timedOut = 0;
        cancelled = 0;
    }
}
