package io.faultline.report.metric;

import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.observation.Observed.StatusChanged;

import java.util.List;

/// How often a partition was suspected by mistake: it was up in truth, and the script of the
/// scenario did not play a fault of it either. A mistake is a mistake whatever led to it:
/// heartbeats or arrivals at the barrier that were late or lost.
///
/// Every suspicion is either counted here or has a [SuspicionLatency].
public record FalseSuspicions() implements Count {

    @Override
    public String description() {
        return "suspicions of partitions that were up";
    }

    @Override
    public List<Tag> tags() {
        return Tag.and(Tag.OF_PARTITION, Tag.SUSPICION);
    }

    @Override
    public Fold<Tally> begin(Sieve sieve) {
        var count = new long[1];
        return Fold.knowingTheTruth(
                () -> new Tally(count[0]),
                (entry, truth) -> {
                    if (entry.what() instanceof StatusChanged change
                            && change.to() == PartitionStatus.SUSPECTED
                            && truth.onset(change).isEmpty()
                            && sieve.takes(entry, change.partition())
                            && sieve.is(Tag.SUSPICION, change.reason())) {
                        count[0]++;
                    }
                });
    }
}
