package io.faultline.report.metric;

import io.faultline.model.observation.Observed.AttemptFinished;

import java.util.List;

/// How many attempts to recover a partition succeeded.
public record Successes() implements Count {

    @Override
    public String description() {
        return "recovery attempts that succeeded";
    }

    @Override
    public List<Tag> tags() {
        return Tag.OF_FAULT;
    }

    @Override
    public Fold<Tally> begin(Sieve sieve) {
        return Tally.counting(
                AttemptFinished.class,
                (entry, seen) -> seen.succeeded() && sieve.takes(entry, seen.partition()));
    }
}
