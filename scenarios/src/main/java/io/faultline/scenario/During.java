package io.faultline.scenario;

import io.faultline.model.Setting;
import io.faultline.model.fault.FaultPlan.Planned;
import io.faultline.scenario.format.Bare;
import io.faultline.scenario.format.Span;

import java.util.Optional;

/// From one time on until another, when the fault heals.
@Bare
public record During(@Setting("the times from the start of chaos") Span span) implements Schedule {

    @Override
    public void plan(Planned fault, Timing timing) {
        timing.strikeOnce(fault, span.from(), Optional.of(span.to().minus(span.from())));
    }

    @Override
    public boolean saysWhenItEnds() {
        return true;
    }

    @Override
    public boolean repeats() {
        return false;
    }
}
