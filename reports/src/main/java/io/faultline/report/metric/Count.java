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
    default Tally of(Trace trace) {
        return of(trace, Sieve.ALL);
    }

    @Override
    default Tally of(Trace trace, Sieve sieve) {
        if (!sieve.isAll()) {
            throw new IllegalArgumentException(name() + " has no tags");
        }
        return of(trace);
    }
}
