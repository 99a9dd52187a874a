package io.faultline.model.recovery;

/// What a recovery does when operations are still in flight at the end of the pause time.
public enum OnPauseTimeout {
    /// It goes ahead, and is marked as inconsistent.
    PROCEED,
    /// The attempt fails.
    ABORT
}
