package io.faultline.model.recovery;

/// How far an attempt to recover a partition has got. The phases follow each other in this order.
public enum RecoveryPhase {
    /// Makes sure that the partition is gone.
    DETECTING,
    /// Moves its entities to the survivors.
    REDISTRIBUTING,
    /// Levels the load.
    REBALANCING,
    /// Checks that nothing was lost or duplicated.
    VALIDATING,
    /// The attempt has succeeded.
    COMPLETE,
    /// The attempt has failed.
    FAILED
}
