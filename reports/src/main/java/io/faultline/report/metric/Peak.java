package io.faultline.report.metric;

import io.faultline.kernel.Trace;

/// A metric that says how many of something there were at most at one time.
public sealed interface Peak extends Metric permits PeakQueueDepth, PeakUnhealthy, OwnPeak {

    @Override
    Fold<Most> begin(Sieve sieve);

    @Override
    default Most of(Trace trace) {
        return begin(Sieve.all(trace)).over(trace);
    }
}
