package io.faultline.report.metric;

import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed;

/// How often a partition was left to an operator.
public record Escalations() implements Count {

    @Override
    public String description() {
        return "partitions left to an operator";
    }

    @Override
    public Tally of(Trace trace) {
        long count = 0;
        for (var entry : trace) {
            if (entry.what() instanceof Observed.Escalated) {
                count++;
            }
        }
        return new Tally(count);
    }
}
