package io.faultline.report.metric;

import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed;

/// How many recoveries succeeded although operations were in flight.
public record InconsistentRecoveries() implements Count {

    @Override
    public String description() {
        return "recoveries that succeeded with operations in flight";
    }

    @Override
    public Tally of(Trace trace) {
        long count = 0;
        for (var entry : trace) {
            if (entry.what() instanceof Observed.AttemptFinished seen
                    && seen.succeeded()
                    && seen.inconsistent()) {
                count++;
            }
        }
        return new Tally(count);
    }
}
