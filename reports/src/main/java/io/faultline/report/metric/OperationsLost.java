package io.faultline.report.metric;

import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed;

import java.util.List;

/// How many operations were in flight at a node that crashed.
public record OperationsLost() implements Count {

    @Override
    public String description() {
        return "operations in flight at a node that crashed";
    }

    @Override
    public List<Tag> tags() {
        return Tag.OF_PARTITION;
    }

    @Override
    public Tally of(Trace trace, Sieve sieve) {
        long count = 0;
        for (var entry : trace) {
            if (entry.what() instanceof Observed.OperationLost seen
                    && sieve.takes(entry, seen.partition())) {
                count++;
            }
        }
        return new Tally(count);
    }
}
