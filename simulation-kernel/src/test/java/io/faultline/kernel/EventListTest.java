package io.faultline.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.kernel.random.RandomStream;
import io.faultline.kernel.random.RandomStreams;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What every event list promises, whatever happens inside it.
class EventListTest {

    private static final Comparator<PostedEvent> ORDER =
            Comparator.<PostedEvent>comparingLong(e -> e.time).thenComparingLong(e -> e.order);

    /// How far ahead the next event is posted: the shapes that event lists find easy and hard.
    enum Increments {
        EXPONENTIAL {
            @Override
            long draw(RandomStream random) {
                return (long) (-1e6 * StrictMath.log(random.nextUniform()));
            }
        },
        EQUAL {
            @Override
            long draw(RandomStream random) {
                return 1000;
            }
        },
        MOSTLY_ZERO {
            @Override
            long draw(RandomStream random) {
                return random.nextBoolean(0.8) ? 0 : random.nextInt(1000);
            }
        },
        BIMODAL {
            @Override
            long draw(RandomStream random) {
                return random.nextBoolean(0.9) ? random.nextInt(10) : 1_000_000_000;
            }
        },
        HEAVY_TAILED {
            @Override
            long draw(RandomStream random) {
                return (long) Math.min(1e17, 10 * Math.pow(random.nextUniform(), -2));
            }
        },
        FEW_INSTANTS {
            @Override
            long draw(RandomStream random) {
                return 500L * random.nextInt(4);
            }
        };

        abstract long draw(RandomStream random);
    }

    static Stream<Arguments> listsAndWorkloads() {
        var lists = List.<Supplier<EventList>>of(HeapEventList::new, LadderEventList::new);
        return lists.stream()
                .flatMap(list ->
                        Stream.of(Increments.values())
                                .flatMap(increments ->
                                        IntStream.of(1, 40, 3000)
                                                .mapToObj(pending ->
                                                        Arguments.of(
                                                                list.get(), increments, pending))));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("listsAndWorkloads")
    void eventsComeInOrderOfTimePriorityAndSequence(
            EventList list, Increments increments, int pending) {
        var random = new RandomStreams(7).stream(increments.name());
        var reference = new PriorityQueue<PostedEvent>(ORDER);
        var cancellable = new ArrayList<PostedEvent>();
        long sequence = 0;
        long now = 0;
        for (int i = 0; i < pending; i++) {
            post(list, reference, event(increments.draw(random), random, sequence++));
        }
        for (int step = 0; step < 20_000; step++) {
            var expected = reference.poll();
            var taken = list.poll(Long.MAX_VALUE);
            assertThat(taken).isSameAs(expected);
            assertThat(list.size()).isEqualTo(reference.size());
            if (taken == null) {
                break;
            }
            now = taken.time;
            taken.cause = PostedEvent.DONE;
            var next = event(now + increments.draw(random), random, sequence++);
            post(list, reference, next);
            if (random.nextBoolean(0.3)) {
                var other = event(now + increments.draw(random), random, sequence++);
                post(list, reference, other);
                cancellable.add(other);
            }
            if (cancellable.size() > 5) {
                var victim = cancellable.remove(random.nextInt(cancellable.size()));
                if (victim.isPending()) {
                    victim.cause = PostedEvent.CANCELLED;
                    list.cancelled(victim);
                    reference.remove(victim);
                }
            }
        }
        var left = new ArrayList<PostedEvent>();
        list.forEach(left::add);
        assertThat(left).containsExactlyInAnyOrderElementsOf(reference);
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("listsAndWorkloads")
    void nothingIsTakenAfterTheEndAndNothingIsLostByAsking(
            EventList list, Increments increments, int pending) {
        var random = new RandomStreams(8).stream(increments.name());
        var reference = new PriorityQueue<PostedEvent>(ORDER);
        for (int i = 0; i < pending; i++) {
            post(list, reference, event(increments.draw(random), random, i));
        }
        while (!reference.isEmpty()) {
            long first = reference.peek().time;
            assertThat(list.poll(first - 1)).isNull();
            assertThat(list.poll(first)).isSameAs(reference.poll());
        }
        assertThat(list.poll(Long.MAX_VALUE)).isNull();
    }

    @Test
    void cancelledEventsLeaveNothingBehind() {
        for (var list : List.of(new HeapEventList(), new LadderEventList())) {
            long sequence = 0;
            for (int i = 0; i < 100_000; i++) {
                var event = new Numbered();
                event.time = 1_000_000 + i;
                event.order = sequence++;
                list.add(event);
                event.cause = PostedEvent.CANCELLED;
                list.cancelled(event);
            }
            assertThat(list.size()).isZero();
            assertThat(resident(list)).isLessThan(200);
        }
    }

    private static int resident(EventList list) {
        return switch (list) {
            case HeapEventList heap -> heap.resident();
            case LadderEventList ladder -> ladder.resident();
        };
    }

    private static void post(
            EventList list, PriorityQueue<PostedEvent> reference, PostedEvent event) {
        list.add(event);
        reference.add(event);
    }

    private static PostedEvent event(long time, RandomStream random, long sequence) {
        var event = new Numbered();
        event.time = time;
        event.order = (long) random.nextInt(3) << 40 | sequence;
        event.cause = Trace.NO_CAUSE;
        return event;
    }

    private static final class Numbered extends PostedEvent {
        @Override
        protected void run() {}

        @Override
        public String toString() {
            return time + "/" + order;
        }
    }
}
