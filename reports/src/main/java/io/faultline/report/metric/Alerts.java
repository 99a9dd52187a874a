package io.faultline.report.metric;

import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed.AlertFired;

import java.util.List;

/// How often a monitor found a limit exceeded: every rule counts at every poll.
public record Alerts() implements Count {

    @Override
    public String description() {
        return "limits exceeded, counted at every poll";
    }

    @Override
    public List<Tag> tags() {
        return Tag.OF_RUN;
    }

    @Override
    public Tally of(Trace trace, Sieve sieve) {
        long count = 0;
        for (var entry : trace) {
            if (entry.what() instanceof AlertFired && sieve.takes(entry)) {
                count++;
            }
        }
        return new Tally(count);
    }
}
