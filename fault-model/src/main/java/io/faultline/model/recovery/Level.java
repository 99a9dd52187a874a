package io.faultline.model.recovery;

import io.faultline.model.Probability;

import java.util.List;

/// One way to recover a partition.
///
/// @param phases how long its phases take
/// @param risky the phases that can fail
/// @param failure the chance that one of those fails, drawn at its end
/// @param movesEntities whether survivors look after the entities in the meantime
public record Level(
        PhaseDurations phases,
        List<RecoveryPhase> risky,
        Probability failure,
        boolean movesEntities) {

    /// The survivors take over the entities, and the partition gets its share back, everything as
    /// the settings of the phases say.
    public static Level rebuild(RecoverySettings settings) {
        var risky =
                List.of(
                        RecoveryPhase.DETECTING,
                        RecoveryPhase.REDISTRIBUTING,
                        RecoveryPhase.REBALANCING,
                        RecoveryPhase.VALIDATING);
        return new Level(settings.phases(), risky, settings.phaseFailure(), true);
    }

    /// A level that consists of one phase only.
    public static Level of(RecoveryPhase phase, PhaseDurations phases, Probability failure) {
        return new Level(phases, List.of(phase), failure, false);
    }

    /// The chance that a phase fails.
    double chanceOfFailure(RecoveryPhase phase) {
        return risky.contains(phase) ? failure.value() : 0;
    }
}
