package io.faultline.scenario;

import io.faultline.kernel.random.Distribution;
import io.faultline.model.Setting;
import io.faultline.model.fault.FaultPlan.Planned;

import java.util.Optional;

/// Again and again by chance: a time without the fault, a time with it, and so on (an alternating
/// renewal process). The first of them begins with its window.
public record Renewal(
        @Setting("how long it is from the end of a failure to the beginning of the next")
                Distribution between,
        @Setting("how long a failure lasts") Distribution repair)
        implements Schedule {

    public Renewal {
        if (!(between.mean() > 0)) {
            throw new IllegalArgumentException("between must be longer than 0 as a rule");
        }
    }

    @Override
    public void plan(Planned fault, Timing timing) {
        var time = timing.from();
        for (int n = 0; n < timing.most(); n++) {
            time = time.plus(Timing.draw(between, fault, "between"));
            if (time.compareTo(timing.last()) >= 0) {
                return;
            }
            var length = Timing.draw(repair, fault, "repair");
            timing.strikeWithin(fault, time, Optional.of(length));
            time = time.plus(length);
        }
    }

    @Override
    public boolean saysWhenItEnds() {
        return true;
    }

    @Override
    public boolean repeats() {
        return true;
    }
}
