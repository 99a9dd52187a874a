package io.faultline.report.metric;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.Trace;

/// How high a number gets that goes up and down; what began before the part of the run that counts
/// counts in it.
final class Height {

    private final Sieve sieve;
    private long now;
    private long most;
    private SimTime since = SimTime.ZERO;

    /// @param sieve which time counts
    Height(Sieve sieve) {
        this.sieve = sieve;
    }

    /// From this entry on the number is another.
    void reach(Trace.Entry entry, long number) {
        most = mostUntil(entry.time());
        if (number > now && sieve.takes(entry)) {
            most = Math.max(most, number);
        }
        now = number;
        since = entry.time();
    }

    private long mostUntil(SimTime time) {
        return sieve.overlap(since.nanos(), time.nanos()) > 0 ? Math.max(most, now) : most;
    }

    Most most() {
        return new Most(mostUntil(sieve.now()));
    }
}
