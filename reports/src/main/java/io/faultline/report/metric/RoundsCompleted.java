package io.faultline.report.metric;

import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed;

import java.util.List;

/// How many barrier rounds were completed.
public record RoundsCompleted() implements Count {

    @Override
    public String description() {
        return "rounds that everybody reached in time";
    }

    @Override
    public List<Tag> tags() {
        return Tag.OF_RUN;
    }

    @Override
    public Tally of(Trace trace, Sieve sieve) {
        long count = 0;
        for (var entry : trace) {
            if (entry.what() instanceof Observed.RoundCompleted && sieve.takes(entry)) {
                count++;
            }
        }
        return new Tally(count);
    }
}
