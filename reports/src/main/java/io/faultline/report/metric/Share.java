package io.faultline.report.metric;

import io.faultline.kernel.Trace;

/// A metric that is a share, in [0, 1].
public sealed interface Share extends Metric
        permits RecoverySuccessRate, HealthRatio, QueryAccuracy, OwnShare {

    @Override
    default Ratio of(Trace trace) {
        return of(trace, Sieve.ALL);
    }

    @Override
    default Ratio of(Trace trace, Sieve sieve) {
        if (!sieve.isAll()) {
            throw new IllegalArgumentException(name() + " has no tags");
        }
        return of(trace);
    }
}
