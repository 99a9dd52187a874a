package io.faultline.report.metric;

import io.faultline.kernel.Trace;

/// A metric that is a share, in [0, 1].
public sealed interface Share extends Metric
        permits RecoverySuccessRate, HealthRatio, QueryAccuracy, OwnShare {

    @Override
    Fold<Ratio> begin(Sieve sieve);

    @Override
    default Ratio of(Trace trace) {
        return begin(Sieve.all(trace)).over(trace);
    }
}
