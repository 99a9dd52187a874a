package io.faultline.model.recovery;

/// Which recoveries count as being in progress when the quorum is judged.
public enum InProgress {
    /// Those that run and those that wait for their turn.
    HOLDERS_AND_WAITERS,
    /// Those that run.
    HOLDERS
}
