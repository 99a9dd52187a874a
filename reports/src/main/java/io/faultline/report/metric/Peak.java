package io.faultline.report.metric;

import io.faultline.kernel.Trace;

/// A metric that says how many of something there were at most at one time.
public sealed interface Peak extends Metric permits PeakQueueDepth, PeakUnhealthy, OwnPeak {

    @Override
    default Most of(Trace trace) {
        return of(trace, Sieve.ALL);
    }

    @Override
    default Most of(Trace trace, Sieve sieve) {
        if (!sieve.isAll()) {
            throw new IllegalArgumentException(name() + " has no tags");
        }
        return of(trace);
    }
}
