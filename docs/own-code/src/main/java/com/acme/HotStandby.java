package com.acme;

import io.faultline.kernel.random.Distribution;
import io.faultline.model.Probability;
import io.faultline.model.Setting;
import io.faultline.model.recovery.Level;
import io.faultline.model.recovery.OwnStrategy;
import io.faultline.model.recovery.RecoverySettings;
import io.faultline.model.recovery.Step;

import java.util.List;

/// A standby takes over; if that fails as often as attempts are made, everything is rebuilt.
public record HotStandby(
        @Setting(value = "how long it takes", byDefault = "20ms") Distribution takes,
        @Setting(value = "the chance that it fails", byDefault = "0%") Probability failure)
        implements OwnStrategy {

    @Override
    public List<Level> levels(RecoverySettings settings) {
        return List.of(new Step(takes, failure).validating(), Level.rebuild(settings));
    }
}
