package io.faultline.report.metric;

import io.faultline.kernel.Trace;

/// Adds up for how long how many of how many were in some state.
final class WeightedTime {

    // Microseconds, lest a thousand partitions overflow in a hundred days.
    private static final long NANOS = 1000;

    private final Sieve sieve;
    private long since;
    private long some;
    private long all;
    private long hits;
    private long of;

    /// @param sieve which time counts
    WeightedTime(Sieve sieve) {
        this.sieve = sieve;
    }

    /// From this entry on, `some` of `all` are in the state.
    void be(Trace.Entry entry, int some, int all) {
        if (some != this.some || all != this.all) {
            long passed = passed(entry.time().nanos());
            hits += passed * this.some;
            of += passed * this.all;
            since = entry.time().nanos();
            this.some = some;
            this.all = all;
        }
    }

    private long passed(long now) {
        return sieve.overlap(since / NANOS * NANOS, now / NANOS * NANOS) / NANOS;
    }

    Ratio share() {
        long passed = passed(sieve.now().nanos());
        return new Ratio(hits + passed * some, of + passed * all);
    }
}
