package io.faultline.report.metric;

import io.faultline.kernel.Trace;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.observation.Observed.PartitionPlaced;
import io.faultline.model.observation.Observed.StatusChanged;

import java.util.HashSet;
import java.util.List;

/// Which share of the partitions was taken to be healthy, on average over the time from the first
/// observation to the last. How far it went down, [PeakUnhealthy] says.
public record HealthRatio() implements Share {

    @Override
    public String description() {
        return "time in which partitions were taken to be healthy, of all time";
    }

    @Override
    public List<Tag> tags() {
        return Tag.OF_RUN;
    }

    @Override
    public Ratio of(Trace trace, Sieve sieve) {
        var time = new WeightedTime(sieve);
        int placed = 0;
        var unhealthy = new HashSet<PartitionId>();
        for (var entry : trace) {
            time.pass(entry.time(), placed - unhealthy.size(), placed);
            switch (entry.what()) {
                case PartitionPlaced _ -> placed++;
                case StatusChanged change -> {
                    if (change.to() == PartitionStatus.HEALTHY) {
                        unhealthy.remove(change.partition());
                    } else if (placed > 0) {
                        unhealthy.add(change.partition());
                    }
                }
                default -> {}
            }
        }
        return time.share();
    }
}
