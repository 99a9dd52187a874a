package io.faultline.report.metric;

import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed;

import java.util.List;

/// How many recoveries succeeded although operations were in flight.
public record InconsistentRecoveries() implements Count {

    @Override
    public String description() {
        return "recoveries that succeeded with operations in flight";
    }

    @Override
    public List<Tag> tags() {
        return Tag.OF_PARTITION;
    }

    @Override
    public Tally of(Trace trace, Sieve sieve) {
        long count = 0;
        for (var entry : trace) {
            if (entry.what() instanceof Observed.AttemptFinished seen
                    && seen.succeeded()
                    && seen.inconsistent()
                    && sieve.takes(entry, seen.partition())) {
                count++;
            }
        }
        return new Tally(count);
    }
}
