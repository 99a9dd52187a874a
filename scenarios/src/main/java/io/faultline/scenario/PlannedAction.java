package io.faultline.scenario;

import io.faultline.model.Setting;
import io.faultline.model.script.Action;
import io.faultline.scenario.format.Inline;

import java.time.Duration;

/// An action and its time.
public record PlannedAction(
        @Setting("when, from the start of chaos") Duration at, @Inline("action") Action action) {
    public PlannedAction {
        if (at.isNegative()) {
            throw new IllegalArgumentException("at must not be negative");
        }
    }
}
