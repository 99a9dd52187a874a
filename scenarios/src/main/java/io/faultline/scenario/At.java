package io.faultline.scenario;

import io.faultline.model.Setting;
import io.faultline.scenario.format.Bare;

import java.time.Duration;

/// From one time on, for good.
@Bare
public record At(@Setting("the time from the start of chaos") Duration time) implements Schedule {
    public At {
        if (time.isNegative()) {
            throw new IllegalArgumentException("time must not be negative");
        }
    }
}
