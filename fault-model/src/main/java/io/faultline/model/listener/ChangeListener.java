package io.faultline.model.listener;

import io.faultline.model.observation.Observed.PhaseEntered;
import io.faultline.model.observation.Observed.StatusChanged;

/// Somebody outside of the model who wants to be told of changes, such as a test or a tool.
///
/// He is told at once, in the event of the change, in the order of subscription. If he throws, he
/// alone is at fault: the others are told all the same and the run goes on, which is not so for the
/// actors of the model.
public interface ChangeListener {

    /// The coordinator has changed its mind about a partition.
    default void statusChanged(StatusChanged change) {}

    /// An attempt to recover a partition has entered a phase.
    default void phaseEntered(PhaseEntered entered) {}
}
