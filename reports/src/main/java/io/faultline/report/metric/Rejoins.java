package io.faultline.report.metric;

import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed.RejoinAsked;

import java.util.List;

/// How often a partition was asked to join again, because it or something on which it depends came
/// back.
public record Rejoins() implements Count {

    @Override
    public String description() {
        return "times a partition was asked to join again";
    }

    @Override
    public List<Tag> tags() {
        return Tag.OF_PARTITION;
    }

    @Override
    public Tally of(Trace trace, Sieve sieve) {
        long count = 0;
        for (var entry : trace) {
            if (entry.what() instanceof RejoinAsked seen && sieve.takes(entry, seen.partition())) {
                count++;
            }
        }
        return new Tally(count);
    }
}
