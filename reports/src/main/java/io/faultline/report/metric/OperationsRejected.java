package io.faultline.report.metric;

import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed;

/// How many operations were refused because the system was paused.
public record OperationsRejected() implements Count {

    @Override
    public String description() {
        return "operations that were refused";
    }

    @Override
    public Tally of(Trace trace) {
        long count = 0;
        for (var entry : trace) {
            if (entry.what() instanceof Observed.OperationRejected) {
                count++;
            }
        }
        return new Tally(count);
    }
}
