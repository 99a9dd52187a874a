package io.faultline.report.metric;

import io.faultline.model.observation.Observed.AttemptFinished;

import java.util.List;

/// How many recoveries succeeded although operations were in flight.
public record InconsistentRecoveries() implements Count {

    @Override
    public String description() {
        return "recoveries that succeeded with operations in flight";
    }

    @Override
    public List<Tag> tags() {
        return Tag.OF_FAULT;
    }

    @Override
    public Fold<Tally> begin(Sieve sieve) {
        return Tally.counting(
                AttemptFinished.class,
                (entry, seen) ->
                        seen.succeeded()
                                && seen.inconsistent()
                                && sieve.takes(entry, seen.partition()));
    }
}
