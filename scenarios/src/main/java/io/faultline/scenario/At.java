package io.faultline.scenario;

import io.faultline.model.Setting;
import io.faultline.model.fault.FaultPlan.Planned;
import io.faultline.scenario.format.Bare;

import java.time.Duration;

/// From one time on, for good or for as long as is said.
@Bare
public record At(@Setting("the time from the start of chaos") Duration time) implements Schedule {
    public At {
        if (time.isNegative()) {
            throw new IllegalArgumentException("time must not be negative");
        }
    }

    @Override
    public void plan(Planned fault, Timing timing) {
        timing.strikeOnce(fault, time, timing.length(fault));
    }

    @Override
    public boolean saysWhenItEnds() {
        return false;
    }

    @Override
    public boolean repeats() {
        return false;
    }
}
