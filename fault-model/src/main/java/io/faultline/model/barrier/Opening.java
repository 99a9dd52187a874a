package io.faultline.model.barrier;

/// What opens a round, and so has its time-out begin to run.
public enum Opening {
    /// Its first arrival.
    FIRST_ARRIVAL,
    /// The release of the round before, or the start: rounds follow each other in windows of the
    /// time-out at most, whether anybody comes or not.
    RELEASE
}
