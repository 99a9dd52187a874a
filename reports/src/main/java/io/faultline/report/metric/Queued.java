package io.faultline.report.metric;

import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed;

import java.util.List;

/// How many recoveries were put off until there is a quorum (quorum state 2).
public record Queued() implements Count {

    @Override
    public String description() {
        return "recoveries put off until there is a quorum";
    }

    @Override
    public List<Tag> tags() {
        return Tag.OF_PARTITION;
    }

    @Override
    public Tally of(Trace trace, Sieve sieve) {
        long count = 0;
        for (var entry : trace) {
            if (entry.what() instanceof Observed.Queued seen
                    && sieve.takes(entry, seen.partition())) {
                count++;
            }
        }
        return new Tally(count);
    }
}
