package io.faultline.report.metric;

import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed;

import java.util.List;

/// How many operations were refused because the system was paused.
public record OperationsRejected() implements Count {

    @Override
    public String description() {
        return "operations that were refused";
    }

    @Override
    public List<Tag> tags() {
        return Tag.OF_PARTITION;
    }

    @Override
    public Tally of(Trace trace, Sieve sieve) {
        long count = 0;
        for (var entry : trace) {
            if (entry.what() instanceof Observed.OperationRejected seen
                    && sieve.takes(entry, seen.partition())) {
                count++;
            }
        }
        return new Tally(count);
    }
}
