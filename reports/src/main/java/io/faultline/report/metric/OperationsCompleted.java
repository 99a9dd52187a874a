package io.faultline.report.metric;

import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed;

/// How many operations were finished.
public record OperationsCompleted() implements Count {

    @Override
    public String description() {
        return "operations that were finished";
    }

    @Override
    public Tally of(Trace trace) {
        long count = 0;
        for (var entry : trace) {
            if (entry.what() instanceof Observed.OperationCompleted) {
                count++;
            }
        }
        return new Tally(count);
    }
}
