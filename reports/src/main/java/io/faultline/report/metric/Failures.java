package io.faultline.report.metric;

import io.faultline.kernel.Trace;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.observation.Observed;

import java.util.List;

/// How often a partition was declared failed, rightly or not.
public record Failures() implements Count {

    @Override
    public String description() {
        return "times a partition became FAILED";
    }

    @Override
    public List<Tag> tags() {
        return Tag.OF_PARTITION;
    }

    @Override
    public Tally of(Trace trace, Sieve sieve) {
        long count = 0;
        for (var entry : trace) {
            if (entry.what() instanceof Observed.StatusChanged seen
                    && seen.to() == PartitionStatus.FAILED
                    && sieve.takes(entry, seen.partition())) {
                count++;
            }
        }
        return new Tally(count);
    }
}
