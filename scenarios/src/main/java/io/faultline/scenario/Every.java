package io.faultline.scenario;

import io.faultline.model.Setting;
import io.faultline.model.fault.FaultPlan.Planned;
import io.faultline.scenario.format.Bare;

import java.time.Duration;

/// Again and again: one period after the beginning of its window for the first time, and then once
/// in each period. Jitter does not add up.
@Bare
public record Every(@Setting("the time from one beginning to the next") Duration period)
        implements Schedule {

    public Every {
        if (!period.isPositive()) {
            throw new IllegalArgumentException("every: the period must be longer than 0");
        }
    }

    @Override
    public void plan(Planned fault, Timing timing) {
        var begin = timing.from().plus(period);
        for (int n = 0; n < timing.most() && begin.compareTo(timing.last()) < 0; n++) {
            timing.strikeWithin(fault, begin, timing.length(fault));
            begin = begin.plus(period);
        }
    }

    @Override
    public boolean saysWhenItEnds() {
        return false;
    }

    @Override
    public boolean repeats() {
        return true;
    }
}
