package io.faultline.report.metric;

import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed.AlertRaised;

import java.util.List;

/// How often an alert was raised; one that goes on counts once.
public record AlertsRaised() implements Count {

    @Override
    public String description() {
        return "times an alert was raised";
    }

    @Override
    public List<Tag> tags() {
        return Tag.OF_RUN;
    }

    @Override
    public Tally of(Trace trace, Sieve sieve) {
        long count = 0;
        for (var entry : trace) {
            if (entry.what() instanceof AlertRaised && sieve.takes(entry)) {
                count++;
            }
        }
        return new Tally(count);
    }
}
