package io.faultline.report.metric;

import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed;

/// How many barrier rounds broke because somebody was missing.
public record RoundsBroken() implements Count {

    @Override
    public String description() {
        return "rounds whose deadline passed";
    }

    @Override
    public Tally of(Trace trace) {
        long count = 0;
        for (var entry : trace) {
            if (entry.what() instanceof Observed.RoundBroken) {
                count++;
            }
        }
        return new Tally(count);
    }
}
