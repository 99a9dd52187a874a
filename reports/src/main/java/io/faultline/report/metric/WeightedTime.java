package io.faultline.report.metric;

import io.faultline.kernel.SimTime;

/// Adds up for how long how many of how many were in some state.
final class WeightedTime {

    // Microseconds, lest a thousand partitions overflow in a hundred days.
    private static final long NANOS = 1000;

    private final Sieve sieve;
    private long last = -1;
    private long hits;
    private long of;

    /// @param sieve which time counts
    WeightedTime(Sieve sieve) {
        this.sieve = sieve;
    }

    /// Time goes on; until now, `some` of `all` were in the state.
    void pass(SimTime now, int some, int all) {
        long nanos = now.nanos();
        if (last >= 0) {
            long micros = sieve.overlap(last / NANOS * NANOS, nanos / NANOS * NANOS) / NANOS;
            hits += micros * some;
            of += micros * all;
        }
        last = nanos;
    }

    Ratio share() {
        return new Ratio(hits, of);
    }
}
