package io.faultline.report.invariant;

import io.faultline.kernel.Trace;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.observation.Observed.PartitionPlaced;
import io.faultline.model.observation.Observed.StatusChanged;
import io.faultline.model.quorum.Census;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// What a coordinator believes of the partitions, as far as a trace has got. A trace of a part of
/// the system, such as recoveries alone, places no partitions.
final class Belief {

    private final Census census;
    private final Map<PartitionId, PartitionStatus> status = new TreeMap<>();
    private int placed;
    private int suspected;
    private int failed;

    /// @param census who is counted for the quorum
    Belief(Census census) {
        this.census = census;
    }

    /// Takes the next entry into account.
    void see(Trace.Entry entry) {
        switch (entry.what()) {
            case PartitionPlaced place -> {
                placed++;
                status.put(place.partition(), PartitionStatus.HEALTHY);
            }
            case StatusChanged change -> {
                count(status.put(change.partition(), change.to()), -1);
                count(change.to(), 1);
            }
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

    private void count(PartitionStatus counted, int more) {
        if (counted == PartitionStatus.SUSPECTED) {
            suspected += more;
        } else if (counted == PartitionStatus.FAILED) {
            failed += more;
        }
    }

    /// Whether the trace says who there is.
    boolean isKnown() {
        return placed > 0;
    }

    /// How many partitions there are for the quorum.
    int total() {
        return census.total(placed, failed);
    }

    /// How many of them are active.
    int active() {
        return census.active(placed - suspected - failed, suspected);
    }
}
