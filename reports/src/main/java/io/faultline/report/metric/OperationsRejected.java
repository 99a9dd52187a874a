package io.faultline.report.metric;

import io.faultline.model.observation.Observed.OperationRejected;

import java.util.List;

/// How many operations were refused because the system was paused.
public record OperationsRejected() implements Count {

    @Override
    public String description() {
        return "operations that were refused";
    }

    @Override
    public List<Tag> tags() {
        return Tag.OF_PARTITION;
    }

    @Override
    public Fold<Tally> begin(Sieve sieve) {
        return Tally.counting(
                OperationRejected.class, (entry, seen) -> sieve.takes(entry, seen.partition()));
    }
}
