package io.faultline.model.recovery;

/// What becomes of recoveries that come when there are not permits enough.
public enum Contention {
    /// They wait in the order in which they came.
    QUEUE,
    /// If more of them come at one instant than there are permits, each thwarts the others: all of
    /// these attempts fail, as when several proposers outbid each other.
    COLLIDE
}
