package io.faultline.model.monitor;

/// How bad things are, from well to worst.
public enum HealthLevel {
    /// No partition is suspected or failed.
    HEALTHY,
    /// A partition is suspected, and none has failed.
    DEGRADED,
    /// A partition has failed.
    CRITICAL,
    /// The partitions that count as active are no quorum.
    QUORUM_LOST;

    /// The worst level that applies.
    static HealthLevel of(boolean quorum, int suspected, int failed) {
        if (!quorum) {
            return QUORUM_LOST;
        }
        return failed > 0 ? CRITICAL : suspected > 0 ? DEGRADED : HEALTHY;
    }
}
