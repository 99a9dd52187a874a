package io.faultline.model.detector;

/// What makes a failed partition healthy again, besides an operator.
public enum Healing {
    /// A completed recovery. Heartbeats of a failed partition are counted and change nothing, which
    /// fences off whoever comes back in the middle of its own recovery.
    BY_RECOVERY,
    /// A completed recovery, or the first check that finds it alive.
    BY_HEARTBEAT
}
