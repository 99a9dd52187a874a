package io.faultline.report.metric;

import io.faultline.kernel.Trace;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.observation.Observed;

/// How often a partition was declared failed, rightly or not.
public record Failures() implements Count {

    @Override
    public String description() {
        return "times a partition became FAILED";
    }

    @Override
    public Tally of(Trace trace) {
        long count = 0;
        for (var entry : trace) {
            if (entry.what() instanceof Observed.StatusChanged seen
                    && seen.to() == PartitionStatus.FAILED) {
                count++;
            }
        }
        return new Tally(count);
    }
}
