package io.faultline.report.metric;

import io.faultline.kernel.Trace;

/// A metric that is a share, in [0, 1].
public sealed interface Share extends Metric
        permits RecoverySuccessRate, HealthRatio, QueryAccuracy, OwnShare {

    @Override
    Ratio of(Trace trace);
}
