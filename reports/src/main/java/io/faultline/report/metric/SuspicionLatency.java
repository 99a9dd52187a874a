package io.faultline.report.metric;

import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.observation.Observed.StatusChanged;

import java.util.List;

/// From the true beginning of a fault to the moment at which a coordinator suspects the partition.
///
/// A partition that is down counts from when it went down, or from when it was last restored. One
/// that is up counts from the first report of the streak if the script of the scenario plays the
/// fault; else the suspicion is mistaken, which [FalseSuspicions] counts and no latency describes.
public record SuspicionLatency() implements Latency {

    @Override
    public String description() {
        return "from the true fault to SUSPECTED";
    }

    @Override
    public List<Tag> tags() {
        return Tag.and(Tag.OF_FAULT, Tag.SUSPICION);
    }

    @Override
    public Fold<Samples> begin(Sieve sieve) {
        var samples = new Samples();
        return Fold.knowingTheTruth(
                () -> samples,
                (entry, truth) -> {
                    if (entry.what() instanceof StatusChanged change
                            && change.to() == PartitionStatus.SUSPECTED
                            && sieve.takes(entry, change.partition())
                            && sieve.is(Tag.SUSPICION, change.reason())) {
                        truth.onset(change)
                                .ifPresent(onset -> samples.add(entry.time().nanos() - onset));
                    }
                });
    }
}
