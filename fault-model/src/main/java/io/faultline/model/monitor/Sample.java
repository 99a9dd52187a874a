package io.faultline.model.monitor;

import io.faultline.model.recovery.Vitals;

import java.time.Duration;

/// What a monitor finds at one poll.
///
/// @param healthy partitions that are believed to be healthy; `suspected` and `failed` likewise
/// @param vitals what the coordinator says of itself
/// @param detection the longest time so far from the first sign of a failure to the verdict
/// @param recovery the longest time so far for which a partition was failed
public record Sample(
        int healthy,
        int suspected,
        int failed,
        Vitals vitals,
        Duration detection,
        Duration recovery) {

    public HealthLevel level() {
        return HealthLevel.of(vitals.quorum(), suspected, failed);
    }

    /// Healthy partitions of all.
    double healthRatio() {
        return (double) healthy / (healthy + suspected + failed);
    }

    int failedAttempts() {
        return vitals.attempts() - vitals.successes();
    }

    /// Succeeded attempts of finished ones; 1 if there were none.
    double successRate() {
        return vitals.attempts() == 0 ? 1 : (double) vitals.successes() / vitals.attempts();
    }
}
