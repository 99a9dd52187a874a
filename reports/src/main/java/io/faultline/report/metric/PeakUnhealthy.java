package io.faultline.report.metric;

import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.observation.Observed.StatusChanged;

import java.util.HashSet;
import java.util.List;

/// How many partitions were suspected or failed at most at one time.
public record PeakUnhealthy() implements Peak {

    @Override
    public String description() {
        return "the most partitions that were suspected or failed at one time";
    }

    @Override
    public List<Tag> tags() {
        return Tag.OF_PARTITION;
    }

    @Override
    public Fold<Most> begin(Sieve sieve) {
        var unhealthy = new HashSet<PartitionId>();
        var peak = new Height(sieve);
        return Fold.of(
                peak::most,
                entry -> {
                    if (entry.what() instanceof StatusChanged change
                            && sieve.isAt(entry, change.partition())) {
                        if (change.to() == PartitionStatus.HEALTHY) {
                            unhealthy.remove(change.partition());
                        } else {
                            unhealthy.add(change.partition());
                        }
                        peak.reach(entry, unhealthy.size());
                    }
                },
                StatusChanged.class);
    }
}
