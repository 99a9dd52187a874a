package io.faultline.report.metric;

import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.observation.Observed.StatusChanged;

import java.util.List;

/// How often a partition was declared failed by mistake: it was up in truth, and the script of the
/// scenario did not play a fault of it either.
///
/// Every failure is either counted here or has a [DetectionLatency].
public record FalseFailures() implements Count {

    @Override
    public String description() {
        return "failures of partitions that were up";
    }

    @Override
    public List<Tag> tags() {
        return Tag.and(Tag.OF_PARTITION, Tag.FAILURE);
    }

    @Override
    public Fold<Tally> begin(Sieve sieve) {
        var count = new long[1];
        return Fold.knowingTheTruth(
                () -> new Tally(count[0]),
                (entry, truth) -> {
                    if (entry.what() instanceof StatusChanged change
                            && change.to() == PartitionStatus.FAILED
                            && truth.onset(change).isEmpty()
                            && sieve.takes(entry, change.partition())
                            && sieve.is(Tag.FAILURE, change.reason())) {
                        count[0]++;
                    }
                });
    }
}
