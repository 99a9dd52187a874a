package io.faultline.report.metric;

import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.observation.Observed.StatusChanged;

import java.util.List;

/// From the true beginning of a fault to the moment at which a coordinator declares the partition
/// failed. The beginning is defined as for [SuspicionLatency].
public record DetectionLatency() implements Latency {

    @Override
    public String description() {
        return "from the true fault to FAILED";
    }

    @Override
    public List<Tag> tags() {
        return Tag.and(Tag.OF_FAULT, Tag.FAILURE);
    }

    @Override
    public Fold<Samples> begin(Sieve sieve) {
        var samples = new Samples();
        return Fold.knowingTheTruth(
                () -> samples,
                (entry, truth) -> {
                    if (entry.what() instanceof StatusChanged change
                            && change.to() == PartitionStatus.FAILED
                            && sieve.takes(entry, change.partition())
                            && sieve.is(Tag.FAILURE, change.reason())) {
                        truth.onset(change)
                                .ifPresent(onset -> samples.add(entry.time().nanos() - onset));
                    }
                });
    }
}
