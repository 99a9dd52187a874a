package io.faultline.report.metric;

import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed;

import java.util.List;

/// How many barrier rounds broke because somebody was missing.
public record RoundsBroken() implements Count {

    @Override
    public String description() {
        return "rounds whose deadline passed";
    }

    @Override
    public List<Tag> tags() {
        return Tag.OF_RUN;
    }

    @Override
    public Tally of(Trace trace, Sieve sieve) {
        long count = 0;
        for (var entry : trace) {
            if (entry.what() instanceof Observed.RoundBroken && sieve.takes(entry)) {
                count++;
            }
        }
        return new Tally(count);
    }
}
