package io.faultline.model.recovery;

import io.faultline.kernel.random.Constant;
import io.faultline.kernel.random.Distribution;
import io.faultline.model.Probability;
import io.faultline.model.Setting;

/// A level of a strategy that consists of one step only.
public record Step(
        @Setting(value = "how long it takes", byDefault = "0ms") Distribution takes,
        @Setting(value = "the chance that it fails, drawn at its end", byDefault = "0%")
                Probability failure) {

    private static final Distribution NO_TIME = new Constant(0);

    /// The partition is still there: the step makes sure that it agrees with the others.
    public Level validating() {
        var phases = new PhaseDurations(NO_TIME, NO_TIME, NO_TIME, takes);
        return Level.of(RecoveryPhase.VALIDATING, phases, failure);
    }

    /// The partition gets its state from a replica.
    public Level rebalancing() {
        var phases = new PhaseDurations(NO_TIME, NO_TIME, takes, NO_TIME);
        return Level.of(RecoveryPhase.REBALANCING, phases, failure);
    }
}
