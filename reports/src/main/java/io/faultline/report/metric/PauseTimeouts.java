package io.faultline.report.metric;

import io.faultline.model.observation.Observed.PauseTimedOut;

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
    public Fold<Tally> begin(Sieve sieve) {
        return Tally.counting(PauseTimedOut.class, (entry, seen) -> sieve.takes(entry));
    }
}
