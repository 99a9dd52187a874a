package io.faultline.report.metric;

import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed;

import java.util.List;

/// How often the time for operations in flight was over before all were done.
public record PauseTimeouts() implements Count {

    @Override
    public String description() {
        return "pauses whose time was over before operations had come to rest";
    }

    @Override
    public List<Tag> tags() {
        return Tag.OF_RUN;
    }

    @Override
    public Tally of(Trace trace, Sieve sieve) {
        long count = 0;
        for (var entry : trace) {
            if (entry.what() instanceof Observed.PauseTimedOut && sieve.takes(entry)) {
                count++;
            }
        }
        return new Tally(count);
    }
}
