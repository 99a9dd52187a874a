package io.faultline.report.metric;

import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.observation.Observed;
import io.faultline.model.observation.Observed.Drained;
import io.faultline.model.observation.Observed.StatusChanged;

import java.util.HashSet;
import java.util.List;

/// How many recoveries were put off at most at one time.
public record PeakQueueDepth() implements Peak {

    @Override
    public String description() {
        return "the most recoveries that were put off at one time";
    }

    @Override
    public List<Tag> tags() {
        return Tag.OF_PARTITION;
    }

    @Override
    public Fold<Most> begin(Sieve sieve) {
        var queue = new HashSet<PartitionId>();
        var peak = new Height(sieve);
        return Fold.of(
                peak::most,
                entry -> {
                    switch (entry.what()) {
                        case Observed.Queued(var partition, _) when sieve.isAt(entry, partition) ->
                                queue.add(partition);
                        case Drained _ -> queue.clear();
                        case StatusChanged(var partition, var from, _, _)
                                when from == PartitionStatus.FAILED ->
                                queue.remove(partition);
                        default -> {}
                    }
                    peak.reach(entry, queue.size());
                },
                Observed.Queued.class,
                Drained.class,
                StatusChanged.class);
    }
}
