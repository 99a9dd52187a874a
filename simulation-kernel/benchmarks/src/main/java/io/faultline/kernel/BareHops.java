package io.faultline.kernel;

import io.faultline.benchmark.Subject;
import io.faultline.benchmark.hold.Arrival;
import io.faultline.benchmark.hold.Hops;

import java.util.Comparator;
import java.util.PriorityQueue;

/// The hold model on nothing but a list of events and a loop. In the package of the kernel, because
/// its event lists are not for others.
public final class BareHops implements Subject, Arrival.World {

    /// All that the loop needs of a list.
    interface Pending {
        void add(PostedEvent event);

        PostedEvent poll();
    }

    private static final Comparator<PostedEvent> ORDER =
            (a, b) ->
                    a.time == b.time
                            ? Long.compare(a.order, b.order)
                            : Long.compare(a.time, b.time);

    private final Hops hops;
    private final Pending pending;
    private final Arrival.Place[] places;
    private long clock;
    private long sequence;

    private BareHops(Hops hops, Pending pending) {
        this.hops = hops;
        this.pending = pending;
        places = Arrival.Place.all(this, hops.places());
        for (int token = 0; token < hops.tokens(); token++) {
            post(hops.first(token), hops.start(token));
        }
    }

    /// On the event list that simulations use.
    public static BareHops onLadder(Hops hops) {
        return new BareHops(hops, new Listed(new LadderEventList()));
    }

    /// On the kernel's 4-ary heap.
    public static BareHops onHeap(Hops hops) {
        return new BareHops(hops, new Listed(new HeapEventList()));
    }

    /// On [PriorityQueue], ordered by time and sequence: the yardstick.
    public static BareHops onPriorityQueue(Hops hops) {
        return new BareHops(hops, new Queued(new PriorityQueue<>(ORDER)));
    }

    /// Without any order but that of posting: the bound that no event list can exceed.
    public static BareHops unordered(Hops hops) {
        return new BareHops(hops, new Unordered());
    }

    private void post(long time, int place) {
        PostedEvent event = places[place].arrival();
        event.time = time;
        event.order = sequence++;
        pending.add(event);
    }

    @Override
    public void arrive(int place) {
        hops.arrive(place);
        post(clock + hops.increment(), hops.next(place));
    }

    @Override
    public void run(int operations) {
        hops.begin(operations);
        while (hops.goesOn()) {
            var event = pending.poll();
            clock = event.time;
            try {
                event.run();
            } catch (Throwable e) {
                throw new AssertionError("an arrival throws nothing", e);
            }
        }
    }

    @Override
    public long checksum() {
        return hops.checksum();
    }

    private record Listed(EventList events) implements Pending {
        @Override
        public void add(PostedEvent event) {
            events.add(event);
        }

        @Override
        public PostedEvent poll() {
            return events.poll(Long.MAX_VALUE);
        }
    }

    private record Queued(PriorityQueue<PostedEvent> events) implements Pending {
        @Override
        public void add(PostedEvent event) {
            events.add(event);
        }

        @Override
        public PostedEvent poll() {
            return events.poll();
        }
    }

    private static final class Unordered implements Pending {
        private PostedEvent first;
        private PostedEvent last;

        @Override
        public void add(PostedEvent event) {
            if (first == null) {
                first = event;
            } else {
                last.next = event;
            }
            last = event;
        }

        @Override
        public PostedEvent poll() {
            var event = first;
            first = event.next;
            event.next = null;
            return event;
        }
    }
}
