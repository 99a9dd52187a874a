package io.faultline.model.script;

import io.faultline.model.World;

/// Something that an operator or a test does, at a time that the scenario names.
public sealed interface Action
        permits Arrive,
                Confirm,
                Operation,
                OperatorHeal,
                OperatorRetry,
                Report,
                RestartRecovery,
                SignOfLife,
                Suspect {

    /// Does it now.
    void perform(World world);
}
