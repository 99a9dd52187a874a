package io.faultline.report.metric;

import io.faultline.kernel.Trace;

/// A metric that counts.
public sealed interface Count extends Metric
        permits Failures,
                Attempts,
                Successes,
                Retries,
                InconsistentRecoveries,
                Queued,
                Escalations,
                QuorumLosses,
                FalseSuspicions,
                FalseFailures,
                LateHeartbeats,
                Pauses,
                PauseTimeouts,
                RoundsCompleted,
                RoundsBroken,
                MessagesDelivered,
                MessagesDropped,
                OperationsCompleted,
                OperationsRejected,
                OperationsLost,
                Alerts,
                AlertsRaised,
                Rejoins,
                ConflictingRecoveries,
                ViewDisagreement,
                OwnCount {

    @Override
    Fold<Tally> begin(Sieve sieve);

    @Override
    default Tally of(Trace trace) {
        return begin(Sieve.all(trace)).over(trace);
    }
}
