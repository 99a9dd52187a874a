package io.faultline.report.metric;

import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed;

import java.util.List;

/// How many attempts to recover a partition succeeded.
public record Successes() implements Count {

    @Override
    public String description() {
        return "recovery attempts that succeeded";
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
                    && sieve.takes(entry, seen.partition())) {
                count++;
            }
        }
        return new Tally(count);
    }
}
