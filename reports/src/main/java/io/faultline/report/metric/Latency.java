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
                OperationLatency,
                UnhealthyDuration,
                DualPrimary,
                OwnLatency {

    /// Whether its distribution is drawn beside the others. What is a part of another latency, or a
    /// distance rather than a wait, is not: too many curves show nothing.
    default boolean isDrawn() {
        return true;
    }

    @Override
    Fold<Samples> begin(Sieve sieve);

    @Override
    default Samples of(Trace trace) {
        return begin(Sieve.all(trace)).over(trace);
    }
}
