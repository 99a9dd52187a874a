package io.faultline.model.recovery;

import io.faultline.model.Probability;

/// One way to recover a partition.
///
/// @param phases how long its phases take
/// @param failure the chance that a phase fails, drawn at its end
/// @param movesEntities whether survivors look after the entities in the meantime
public record Level(PhaseDurations phases, Probability failure, boolean movesEntities) {}
