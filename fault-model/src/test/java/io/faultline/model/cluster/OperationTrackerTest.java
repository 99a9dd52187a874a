package io.faultline.model.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Operations in flight, and the pauses that wait for them.
class OperationTrackerTest {

    private final OperationTracker tracker = new OperationTracker();

    @Test
    void withNothingInFlightAPauseIsQuietAtOnce() {
        assertThat(tracker.pause(1)).isTrue();
    }

    @Test
    void onlyTheLastOperationEndsTheWait() {
        tracker.begin();
        tracker.begin();
        tracker.begin();
        assertThat(tracker.pause(1)).isFalse();
        assertThat(tracker.end()).isFalse();
        assertThat(tracker.end()).isFalse();
        assertThat(tracker.end()).isTrue();
    }

    @Test
    void whilePausedOperationsAreRefusedAndNotCounted() {
        tracker.pause(1);
        assertThat(tracker.begin()).isFalse();
        assertThat(tracker.inFlight()).isZero();
        tracker.resume(1);
        assertThat(tracker.begin()).isTrue();
        assertThat(tracker.inFlight()).isEqualTo(1);
    }

    @Test
    void withoutAPauseNobodyWaitsForTheLastOperation() {
        tracker.begin();
        assertThat(tracker.end()).isFalse();
    }

    @Test
    void anOlderPauseThanTheNewestChangesNothing() {
        tracker.pause(2);
        tracker.resume(2);
        assertThat(tracker.pause(1)).isFalse();
        assertThat(tracker.begin()).isTrue();
        assertThat(tracker.pause()).isEqualTo(2);
    }

    @Test
    void theEndOfAnOlderPauseDoesNotEndTheNewest() {
        tracker.pause(2);
        tracker.resume(1);
        assertThat(tracker.begin()).isFalse();
    }

    /// A lost message that is sent again may be overtaken by a later one.
    @Test
    void aPauseWhoseEndHasOvertakenItDoesNotHold() {
        tracker.resume(1);
        assertThat(tracker.pause(1)).isFalse();
        assertThat(tracker.begin()).isTrue();
    }
}
