package io.faultline.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/// A future event list that spreads events over buckets of time and sorts a bucket only when its
/// turn comes: amortised constant time for adding, taking and cancelling.
///
/// A ladder queue (Tang, Goh and Thng, "Ladder queue: an O(1) priority queue structure for
/// large-scale discrete event simulation", ACM TOMACS 15(3), 2005). Three parts follow each other
/// in time:
///
/// - the *bottom*, sorted, from which events are taken;
/// - the *rungs*: buckets of equal width, each rung refining one bucket of the rung above it;
/// - the *top*, an unsorted list of everything that lies beyond the rungs.
///
/// An event is a link of its bucket's list itself, so that moving it costs no memory; buckets hold
/// no counts; widths are powers of two, so that finding a bucket is a shift. A bucket whose events
/// all lie at one instant is not refined but sorted as it is, which costs nothing where they were
/// posted in order. What is added behind the first events of the bottom goes into a heap beside it,
/// so that no workload makes adding linear; such an event is linked to itself. The dead are dropped
/// whenever they are moved, and swept out when they are more than half of all.
final class LadderEventList implements EventList {

    /// A bucket with more events is refined.
    private static final int SORTED_AT_ONCE = 48;

    /// So many events of the bottom may be pushed aside for one that comes before them.
    private static final int INSERTED_IN_PLACE = 24;

    /// Events for each bucket of a new rung, as a power of two.
    private static final int EVENTS_PER_BUCKET_BITS = 1;

    private static final int MAX_BUCKETS = 1 << 20;
    private static final int MAX_RUNGS = 12;
    private static final int SMALLEST_SWEEP = 64;

    private final List<Rung> rungs = new ArrayList<>();
    private int depth;

    private PostedEvent top;
    private int topCount;
    private long topMin = Long.MAX_VALUE;
    private long topMax;
    private long topStart;

    // The bottom, last event first, so that the next one is at the end.
    private PostedEvent[] bottom = new PostedEvent[SORTED_AT_ONCE];
    private int bottomSize;
    private final HeapEventList beside = new HeapEventList();

    private int size; // the dead included, but for those beside the bottom
    private int dead;

    /// One row of buckets.
    private static final class Rung {
        private PostedEvent[] buckets = new PostedEvent[16];
        private int count;
        private int next;
        private int shift;
        private long start;
        private long nextStart;

        /// Makes the rung cover [start, end) with about `wanted` buckets, all empty.
        void reset(long start, long end, int wanted) {
            long span = end - 1 - start;
            int limit = Math.clamp(wanted, 16, MAX_BUCKETS);
            this.start = start;
            shift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(span / limit));
            count = (int) (span >>> shift) + 1;
            if (count > buckets.length) {
                buckets = new PostedEvent[Integer.highestOneBit(count - 1) << 1];
            }
            next = 0;
            nextStart = start;
        }

        void add(PostedEvent event) {
            int bucket = (int) (event.time - start >>> shift);
            event.next = buckets[bucket];
            buckets[bucket] = event;
        }

        /// Takes out the next bucket that is not empty; null if there is none.
        PostedEvent take() {
            while (next < count) {
                var bucket = buckets[next];
                if (bucket != null) {
                    buckets[next] = null;
                    next++;
                    nextStart = Math.max(start, start + ((long) next << shift));
                    return bucket;
                }
                next++;
            }
            nextStart = Long.MAX_VALUE;
            return null;
        }
    }

    @Override
    public void add(PostedEvent event) {
        size++;
        long time = event.time;
        if (time >= topStart) {
            event.next = top;
            top = event;
            topCount++;
            topMin = Math.min(topMin, time);
            topMax = Math.max(topMax, time);
            return;
        }
        for (int i = 0; i < depth; i++) {
            var rung = rungs.get(i);
            if (time >= rung.nextStart) {
                rung.add(event);
                return;
            }
        }
        addToBottom(event);
    }

    private void addToBottom(PostedEvent event) {
        int at = bottomSize;
        int limit = Math.max(0, bottomSize - INSERTED_IN_PLACE);
        while (at > limit && isBefore(bottom[at - 1], event)) {
            at--;
        }
        if (at == limit && at > 0 && isBefore(bottom[at - 1], event)) {
            size--;
            event.next = event;
            beside.add(event);
            return;
        }
        if (bottomSize == bottom.length) {
            bottom = Arrays.copyOf(bottom, 2 * bottomSize);
        }
        System.arraycopy(bottom, at, bottom, at + 1, bottomSize - at);
        bottom[at] = event;
        bottomSize++;
    }

    @Override
    public PostedEvent poll(long end) {
        while (true) {
            if (bottomSize == 0 && beside.size() == 0 && !fillBottom()) {
                return null;
            }
            if (beside.size() > 0 && isNextBeside()) {
                var next = beside.poll(end);
                if (next != null) {
                    next.next = null;
                }
                return next;
            }
            var first = bottom[bottomSize - 1];
            if (first.time > end) {
                return null;
            }
            bottom[--bottomSize] = null;
            size--;
            if (!first.isCancelled()) {
                return first;
            }
            dead--;
        }
    }

    private boolean isNextBeside() {
        return bottomSize == 0 || isBefore(beside.peek(), bottom[bottomSize - 1]);
    }

    /// Sorts the next bucket into the empty bottom, after refining it if it is large.
    private boolean fillBottom() {
        while (true) {
            while (depth > 0) {
                var bucket = rungs.get(depth - 1).take();
                if (bucket == null) {
                    depth--;
                } else if (refine(bucket)) {
                    return true;
                }
            }
            if (topCount == 0) {
                return false;
            }
            if (spreadTop()) {
                return true;
            }
        }
    }

    /// Deals with the bucket that the last rung gave out.
    ///
    /// @return whether it is in the bottom now; else it became a rung, or all of it was dead
    private boolean refine(PostedEvent bucket) {
        int count = 0;
        long min = Long.MAX_VALUE;
        long max = 0;
        for (var event = bucket; event != null; event = event.next) {
            count++;
            min = Math.min(min, event.time);
            max = Math.max(max, event.time);
        }
        if (count <= SORTED_AT_ONCE || min == max || depth == MAX_RUNGS) {
            return sort(bucket, count);
        }
        long end = rungs.get(depth - 1).nextStart;
        spread(bucket, count, min, end);
        return false;
    }

    /// Makes the top the first rung, or the bottom if all of it lies at one instant.
    private boolean spreadTop() {
        var events = top;
        int count = topCount;
        long min = topMin;
        long max = topMax;
        top = null;
        topCount = 0;
        topMin = Long.MAX_VALUE;
        topMax = 0;
        topStart = max == Long.MAX_VALUE ? max : max + 1;
        if (count <= SORTED_AT_ONCE || min == max) {
            return sort(events, count);
        }
        spread(events, count, min, topStart);
        return false;
    }

    private void spread(PostedEvent events, int count, long start, long end) {
        if (depth == rungs.size()) {
            rungs.add(new Rung());
        }
        var rung = rungs.get(depth++);
        rung.reset(start, end, count >> EVENTS_PER_BUCKET_BITS);
        for (var event = events; event != null; ) {
            var next = event.next;
            if (event.isCancelled()) {
                drop(event);
            } else {
                rung.add(event);
            }
            event = next;
        }
    }

    /// Makes a bucket the bottom.
    ///
    /// @return whether anything of it is alive
    private boolean sort(PostedEvent bucket, int count) {
        if (count > bottom.length) {
            bottom = new PostedEvent[Integer.highestOneBit(count) << 1];
        }
        int filled = 0;
        boolean sorted = true;
        for (var event = bucket; event != null; ) {
            var next = event.next;
            event.next = null;
            if (event.isCancelled()) {
                drop(event);
            } else {
                sorted &= filled == 0 || isBefore(event, bottom[filled - 1]);
                bottom[filled++] = event;
            }
            event = next;
        }
        bottomSize = filled;
        if (!sorted) {
            if (filled <= SORTED_AT_ONCE) {
                insertionSort(filled);
            } else {
                Arrays.sort(bottom, 0, filled, (a, b) -> isBefore(a, b) ? 1 : -1);
            }
        }
        return filled > 0;
    }

    private void insertionSort(int count) {
        for (int i = 1; i < count; i++) {
            var event = bottom[i];
            int at = i;
            while (at > 0 && isBefore(bottom[at - 1], event)) {
                bottom[at] = bottom[at - 1];
                at--;
            }
            bottom[at] = event;
        }
    }

    private void drop(PostedEvent event) {
        event.next = null;
        size--;
        dead--;
    }

    private static boolean isBefore(PostedEvent a, PostedEvent b) {
        return a.time < b.time || a.time == b.time && a.order < b.order;
    }

    @Override
    public void cancelled(PostedEvent event) {
        if (event.next == event) {
            beside.cancelled(event);
            return;
        }
        dead++;
        if (dead > SMALLEST_SWEEP && dead > size / 2) {
            sweep();
        }
    }

    private void sweep() {
        top = alive(top);
        topCount = 0;
        for (var event = top; event != null; event = event.next) {
            topCount++;
        }
        for (int i = 0; i < depth; i++) {
            var rung = rungs.get(i);
            for (int b = rung.next; b < rung.count; b++) {
                rung.buckets[b] = alive(rung.buckets[b]);
            }
        }
        int kept = 0;
        for (int i = 0; i < bottomSize; i++) {
            if (bottom[i].isCancelled()) {
                drop(bottom[i]);
            } else {
                bottom[kept++] = bottom[i];
            }
        }
        Arrays.fill(bottom, kept, bottomSize, null);
        bottomSize = kept;
    }

    /// The living of a list, in the same order.
    private PostedEvent alive(PostedEvent list) {
        PostedEvent first = null;
        PostedEvent last = null;
        for (var event = list; event != null; ) {
            var next = event.next;
            if (event.isCancelled()) {
                drop(event);
            } else if (first == null) {
                first = event;
                last = event;
            } else {
                last.next = event;
                last = event;
            }
            event = next;
        }
        if (last != null) {
            last.next = null;
        }
        return first;
    }

    @Override
    public int size() {
        return size - dead + beside.size();
    }

    /// The number of events that take up room, the dead included.
    int resident() {
        return size + beside.resident();
    }

    @Override
    public void forEach(Consumer<PostedEvent> action) {
        forEach(top, action);
        for (int i = 0; i < depth; i++) {
            var rung = rungs.get(i);
            for (int b = rung.next; b < rung.count; b++) {
                forEach(rung.buckets[b], action);
            }
        }
        for (int i = 0; i < bottomSize; i++) {
            if (!bottom[i].isCancelled()) {
                action.accept(bottom[i]);
            }
        }
        beside.forEach(action);
    }

    private static void forEach(PostedEvent list, Consumer<PostedEvent> action) {
        for (var event = list; event != null; event = event.next) {
            if (!event.isCancelled()) {
                action.accept(event);
            }
        }
    }
}
