package io.faultline.report.metric;

import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.observation.Observed.StatusChanged;

import java.util.List;

/// How often a partition was declared failed, rightly or not.
public record Failures() implements Count {

    @Override
    public String description() {
        return "times a partition became FAILED";
    }

    @Override
    public List<Tag> tags() {
        return Tag.and(Tag.OF_FAULT, Tag.FAILURE);
    }

    @Override
    public Fold<Tally> begin(Sieve sieve) {
        return Tally.counting(
                StatusChanged.class,
                (entry, seen) ->
                        seen.to() == PartitionStatus.FAILED
                                && sieve.takes(entry, seen.partition())
                                && sieve.is(Tag.FAILURE, seen.reason()));
    }
}
