package io.faultline.report.metric;

import io.faultline.model.observation.Observed.RetryScheduled;

import java.util.List;

/// How many failed attempts to recover a partition were followed by the wait for another one.
public record Retries() implements Count {

    @Override
    public String description() {
        return "failed attempts that are followed by another";
    }

    @Override
    public List<Tag> tags() {
        return Tag.OF_FAULT;
    }

    @Override
    public Fold<Tally> begin(Sieve sieve) {
        return Tally.counting(
                RetryScheduled.class, (entry, seen) -> sieve.takes(entry, seen.partition()));
    }
}
