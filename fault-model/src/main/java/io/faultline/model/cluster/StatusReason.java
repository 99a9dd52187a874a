package io.faultline.model.cluster;

/// Why a coordinator changed its mind about a partition.
public enum StatusReason {
    /// It was missing when barrier rounds broke.
    BARRIER_TIMEOUT,
    /// It did not answer synchronisations.
    SYNC_FAILURE,
    /// Its heartbeats stayed away for too long.
    HEARTBEAT_MISS,
    /// It said that it would stop.
    SAID_GOODBYE,
    /// It stayed suspected for the whole confirmation time.
    CONFIRMED,
    /// It was suspected, and then heard from.
    FALSE_ALARM,
    /// It was taken to be failed, and then heard from.
    HEARD,
    /// A recovery was completed.
    RECOVERED,
    /// An operator said so.
    OPERATOR
}
