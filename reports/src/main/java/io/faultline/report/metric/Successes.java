package io.faultline.report.metric;

import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed;

/// How many attempts to recover a partition succeeded.
public record Successes() implements Count {

    @Override
    public String description() {
        return "recovery attempts that succeeded";
    }

    @Override
    public Tally of(Trace trace) {
        long count = 0;
        for (var entry : trace) {
            if (entry.what() instanceof Observed.AttemptFinished seen && seen.succeeded()) {
                count++;
            }
        }
        return new Tally(count);
    }
}
