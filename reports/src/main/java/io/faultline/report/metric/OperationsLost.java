package io.faultline.report.metric;

import io.faultline.model.observation.Observed.OperationLost;

import java.util.List;

/// How many operations were in flight at a node that crashed.
public record OperationsLost() implements Count {

    @Override
    public String description() {
        return "operations in flight at a node that crashed";
    }

    @Override
    public List<Tag> tags() {
        return Tag.OF_PARTITION;
    }

    @Override
    public Fold<Tally> begin(Sieve sieve) {
        return Tally.counting(
                OperationLost.class, (entry, seen) -> sieve.takes(entry, seen.partition()));
    }
}
