package io.faultline.report.metric;

import io.faultline.model.observation.Observed.OperationCompleted;

import java.util.List;

/// How many operations were finished.
public record OperationsCompleted() implements Count {

    @Override
    public String description() {
        return "operations that were finished";
    }

    @Override
    public List<Tag> tags() {
        return Tag.OF_PARTITION;
    }

    @Override
    public Fold<Tally> begin(Sieve sieve) {
        return Tally.counting(
                OperationCompleted.class, (entry, seen) -> sieve.takes(entry, seen.partition()));
    }
}
