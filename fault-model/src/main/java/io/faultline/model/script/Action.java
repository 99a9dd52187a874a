package io.faultline.model.script;

import io.faultline.model.World;

/// Something that an operator or a test does, at a time that the scenario names.
public sealed interface Action
        permits Arrive, Operation, OperatorHeal, OperatorRetry, Report, RestartRecovery {

    /// Does it now.
    void perform(World world);
}
