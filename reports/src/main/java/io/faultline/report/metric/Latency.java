package io.faultline.report.metric;

import io.faultline.kernel.Trace;

/// A metric that measures spans of virtual time.
public sealed interface Latency extends Metric
        permits SuspicionLatency,
                ConfirmationLatency,
                DetectionLatency,
                MistakeDuration,
                MistakeRecurrence,
                RecoveryLatency,
                LockWait,
                PhaseDetecting,
                PhaseRedistributing,
                PhaseRebalancing,
                PhaseValidating,
                DrainTime,
                PauseDuration,
                BarrierCompletion,
                MessageDelay,
                OperationLatency {

    @Override
    Samples of(Trace trace);
}
