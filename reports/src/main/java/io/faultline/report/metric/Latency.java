package io.faultline.report.metric;

import io.faultline.kernel.Trace;

/// A metric that measures spans of virtual time.
public sealed interface Latency extends Metric
        permits SuspicionLatency,
                DetectionLatency,
                RecoveryLatency,
                LockWait,
                PauseDuration,
                BarrierCompletion,
                MessageDelay,
                OperationLatency,
                UnhealthyDuration,
                DualPrimary {

    @Override
    Samples of(Trace trace);
}
