package io.faultline.kernel;

import java.util.Arrays;

/// The future event list: events that have been posted and not yet run, the earliest first.
///
/// The order is (time, priority, sequence), total, whatever happens inside: no two events have the
/// same sequence number. An event may be added that comes before one already taken at the same
/// instant.
///
/// A 4-ary heap whose keys lie beside each other in an array of longs, so that sifting reads no
/// event object. A cancelled event stays until it surfaces or until more than half of the list is
/// dead, when all the dead are swept out at once: cancelling costs O(1), and what was cancelled
/// never outnumbers what is pending.
final class EventList {

    private static final int ARITY = 4;
    private static final int SMALLEST = 64;

    private long[] keys = new long[2 * SMALLEST];
    private PostedEvent[] events = new PostedEvent[SMALLEST];
    private int size;
    private int dead;

    /// The number of events that are still to run.
    int size() {
        return size - dead;
    }

    void add(PostedEvent event) {
        if (size == events.length) {
            events = Arrays.copyOf(events, 2 * size);
            keys = Arrays.copyOf(keys, 4 * size);
        }
        siftUp(size++, event);
    }

    /// Takes the next event out, unless it lies after `end` or there is none: then null.
    PostedEvent poll(long end) {
        while (size > 0 && keys[0] <= end) {
            var first = removeFirst();
            if (!first.isCancelled()) {
                return first;
            }
            dead--;
        }
        return null;
    }

    /// Told that an event in the list was marked as cancelled.
    void cancelled() {
        dead++;
        if (dead > size / 2 && size > SMALLEST) {
            sweep();
        }
    }

    private PostedEvent removeFirst() {
        var first = events[0];
        var last = events[--size];
        events[size] = null;
        if (size > 0) {
            siftDown(0, last);
        }
        return first;
    }

    private void sweep() {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (!events[i].isCancelled()) {
                set(kept++, events[i]);
            }
        }
        Arrays.fill(events, kept, size, null);
        size = kept;
        dead = 0;
        for (int i = (size - 2) / ARITY; i >= 0 && size > 1; i--) {
            siftDown(i, events[i]);
        }
    }

    private void siftUp(int from, PostedEvent event) {
        int at = from;
        while (at > 0) {
            int parent = (at - 1) / ARITY;
            if (!isBefore(event.time, event.order, parent)) {
                break;
            }
            move(parent, at);
            at = parent;
        }
        set(at, event);
    }

    private void siftDown(int from, PostedEvent event) {
        int at = from;
        while (true) {
            int first = ARITY * at + 1;
            if (first >= size) {
                break;
            }
            int least = first;
            int end = Math.min(first + ARITY, size);
            for (int child = first + 1; child < end; child++) {
                if (isBefore(keys[2 * child], keys[2 * child + 1], least)) {
                    least = child;
                }
            }
            if (isBefore(event.time, event.order, least)) {
                break;
            }
            move(least, at);
            at = least;
        }
        set(at, event);
    }

    private boolean isBefore(long time, long order, int other) {
        long otherTime = keys[2 * other];
        return time < otherTime || time == otherTime && order < keys[2 * other + 1];
    }

    private void move(int from, int to) {
        keys[2 * to] = keys[2 * from];
        keys[2 * to + 1] = keys[2 * from + 1];
        events[to] = events[from];
    }

    private void set(int at, PostedEvent event) {
        keys[2 * at] = event.time;
        keys[2 * at + 1] = event.order;
        events[at] = event;
    }
}
