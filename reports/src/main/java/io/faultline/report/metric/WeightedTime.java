package io.faultline.report.metric;

import io.faultline.kernel.SimTime;

/// Adds up for how long how many of how many were in some state.
final class WeightedTime {

    // Microseconds, lest a thousand partitions overflow in a hundred days.
    private static final long NANOS = 1000;

    private long last = -1;
    private long hits;
    private long of;

    /// Time goes on; until now, `some` of `all` were in the state.
    void pass(SimTime now, int some, int all) {
        long micros = now.nanos() / NANOS;
        if (last >= 0) {
            hits += (micros - last) * some;
            of += (micros - last) * all;
        }
        last = micros;
    }

    Ratio share() {
        return new Ratio(hits, of);
    }
}
