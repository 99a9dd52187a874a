package io.faultline.report.invariant;

import io.faultline.kernel.Trace;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.observation.Observed.PartitionPlaced;
import io.faultline.model.observation.Observed.StatusChanged;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// What a coordinator believes of the partitions, as far as a trace has got. A trace of a part of
/// the system, such as recoveries alone, places no partitions.
final class Belief {

    private final Map<PartitionId, PartitionStatus> status = new TreeMap<>();
    private int placed;

    /// Takes the next entry into account.
    void see(Trace.Entry entry) {
        switch (entry.what()) {
            case PartitionPlaced place -> {
                placed++;
                status.put(place.partition(), PartitionStatus.HEALTHY);
            }
            case StatusChanged change -> status.put(change.partition(), change.to());
            default -> {}
        }
    }

    PartitionStatus status(PartitionId partition) {
        return status.getOrDefault(partition, PartitionStatus.HEALTHY);
    }

    boolean isFailed(PartitionId partition) {
        return status(partition) == PartitionStatus.FAILED;
    }

    /// Who is there, in order of rank.
    Collection<PartitionId> partitions() {
        return Collections.unmodifiableCollection(status.keySet());
    }

    /// How many partitions were placed.
    int total() {
        return placed;
    }

    /// How many of them count for the quorum.
    int active() {
        return placed - inactive();
    }

    private int inactive() {
        return (int) status.values().stream().filter(s -> s != PartitionStatus.HEALTHY).count();
    }
}
