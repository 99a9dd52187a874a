package io.faultline.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.benchmark.hold.Hops;
import io.faultline.benchmark.hold.Increments;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/// All engines that are compared run the same events in the same order.
class SameEventsTest {

    private static final int SLICES = 3;
    private static final int EVENTS = 20_000;

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "UNORDERED")
    void phold(Engine engine) {
        for (var increments : Increments.values()) {
            for (int pending : new int[] {1, 1000, 5000}) {
                assertThat(checksum(engine, increments, pending, 1000, false))
                        .describedAs("%s, %d pending", increments, pending)
                        .isEqualTo(
                                checksum(Engine.PRIORITY_QUEUE, increments, pending, 1000, false));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "UNORDERED")
    void heartbeats(Engine engine) {
        assertThat(checksum(engine, Increments.EQUAL, 2000, 2000, true))
                .isEqualTo(checksum(Engine.PRIORITY_QUEUE, Increments.EQUAL, 2000, 2000, true));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.MATCH_ALL, names = "TIMEOUTS.*|PING.*|SLEEP_1K|CALL|CHANNEL")
    void aSliceHasAsManyOperationsAsWereAskedFor(Workload workload) {
        try (var subject = workload.start(Engine.WOVEN)) {
            for (int i = 1; i <= SLICES; i++) {
                subject.run(EVENTS);
                assertThat(subject.checksum()).isEqualTo((long) i * EVENTS);
            }
        }
    }

    private static long checksum(
            Engine engine, Increments increments, int pending, int places, boolean stay) {
        try (var subject = engine.start(new Hops(increments, pending, places, stay, 7))) {
            for (int i = 0; i < SLICES; i++) {
                subject.run(EVENTS);
            }
            return subject.checksum();
        }
    }
}
