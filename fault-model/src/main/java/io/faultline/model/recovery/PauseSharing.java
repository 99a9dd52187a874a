package io.faultline.model.recovery;

/// How recoveries that overlap share the pause of operations.
public enum PauseSharing {
    /// The first one to enter begins it, whoever comes later waits along, and the last one to leave
    /// ends it.
    COUNTED,
    /// A single flag that nobody counts: whoever finds it set does not wait, and the first one to
    /// leave clears it for all.
    FLAG
}
