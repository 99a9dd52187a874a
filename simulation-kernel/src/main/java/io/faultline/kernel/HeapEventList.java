package io.faultline.kernel;

import java.util.Arrays;
import java.util.function.Consumer;

/// A future event list on a 4-ary heap whose keys lie beside each other in an array of longs, so
/// that sifting reads no event object.
///
/// Cancelling marks an event as dead; the dead go when they surface, or all at once when they are
/// more than half of the list. Simple enough to be the reference that the [LadderEventList] is
/// tested against.
final class HeapEventList implements EventList {

    private static final int ARITY = 4;
    private static final int SMALLEST = 64;

    private long[] keys = new long[2 * SMALLEST];
    private PostedEvent[] events = new PostedEvent[SMALLEST];
    private int size;
    private int dead;

    @Override
    public int size() {
        return size - dead;
    }

    @Override
    public void add(PostedEvent event) {
        if (size == events.length) {
            events = Arrays.copyOf(events, 2 * size);
            keys = Arrays.copyOf(keys, 4 * size);
        }
        siftUp(size++, event);
    }

    @Override
    public PostedEvent poll(long end) {
        while (size > 0 && keys[0] <= end) {
            var first = removeFirst();
            if (!first.isCancelled()) {
                return first;
            }
            dead--;
        }
        return null;
    }

    @Override
    public void cancelled(PostedEvent event) {
        dead++;
        if (dead > size / 2 && size > SMALLEST) {
            sweep();
        }
    }

    @Override
    public void forEach(Consumer<PostedEvent> action) {
        for (int i = 0; i < size; i++) {
            if (!events[i].isCancelled()) {
                action.accept(events[i]);
            }
        }
    }

    /// The next event, which stays; null if there is none.
    PostedEvent peek() {
        while (size > 0 && events[0].isCancelled()) {
            removeFirst();
            dead--;
        }
        return size == 0 ? null : events[0];
    }

    /// The number of events that take up room, the dead included.
    int resident() {
        return size;
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
