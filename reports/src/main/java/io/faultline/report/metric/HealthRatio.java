package io.faultline.report.metric;

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
        return Tag.OF_PARTITION;
    }

    @Override
    public Fold<Ratio> begin(Sieve sieve) {
        var time = new WeightedTime(sieve);
        var placed = new HashSet<PartitionId>();
        var unhealthy = new HashSet<PartitionId>();
        return Fold.of(
                time::share,
                entry -> {
                    switch (entry.what()) {
                        case PartitionPlaced(var partition, _, _, _)
                                when sieve.isAt(entry, partition) ->
                                placed.add(partition);
                        case StatusChanged(var partition, _, var to, _)
                                when to == PartitionStatus.HEALTHY ->
                                unhealthy.remove(partition);
                        case StatusChanged(var partition, _, _, _)
                                when placed.contains(partition) ->
                                unhealthy.add(partition);
                        default -> {}
                    }
                    time.be(entry, placed.size() - unhealthy.size(), placed.size());
                },
                PartitionPlaced.class,
                StatusChanged.class);
    }
}
