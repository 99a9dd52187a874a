package io.faultline.model.recovery;

import java.util.List;

/// What an attempt to recover a partition consists of.
///
/// A strategy has one level or several. Each is tried as often as the settings of the recovery
/// allow, with waits in between; when they are used up the next level follows at once. Every
/// attempt goes through the same phases; those that a level has no use for take no time.
public sealed interface Strategy permits Phased, BarrierSync, Cascading, Noop, OwnStrategy {

    /// What is tried, one after the other; at least one.
    ///
    /// @param settings those of the recovery
    List<Level> levels(RecoverySettings settings);
}
