package io.faultline.report.metric;

import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed;

/// How many operations were in flight at a node that crashed.
public record OperationsLost() implements Count {

    @Override
    public String description() {
        return "operations in flight at a node that crashed";
    }

    @Override
    public Tally of(Trace trace) {
        long count = 0;
        for (var entry : trace) {
            if (entry.what() instanceof Observed.OperationLost) {
                count++;
            }
        }
        return new Tally(count);
    }
}
