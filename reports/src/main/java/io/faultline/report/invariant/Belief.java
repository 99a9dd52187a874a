package io.faultline.report.invariant;

import io.faultline.kernel.Trace;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.observation.Observed.PartitionPlaced;
import io.faultline.model.observation.Observed.StatusChanged;
import io.faultline.model.quorum.Census;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/// What a coordinator believes of the partitions, as far as a trace has got. A trace of a part of
/// the system, such as recoveries alone, places no partitions.
final class Belief {

    private final Census census;
    private final SortedSet<PartitionId> partitions = new TreeSet<>();
    private PartitionStatus[] status = {}; // by rank; null unless something was said of it
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
                put(place.partition(), PartitionStatus.HEALTHY);
            }
            case StatusChanged change -> {
                count(put(change.partition(), change.to()), -1);
                count(change.to(), 1);
            }
            default -> {}
        }
    }

    PartitionStatus status(PartitionId partition) {
        var known = partition.rank() < status.length ? status[partition.rank()] : null;
        return known == null ? PartitionStatus.HEALTHY : known;
    }

    private PartitionStatus put(PartitionId partition, PartitionStatus now) {
        if (partition.rank() >= status.length) {
            status = Arrays.copyOf(status, Math.max(16, 2 * partition.rank()));
        }
        var before = status[partition.rank()];
        status[partition.rank()] = now;
        if (before == null) {
            partitions.add(partition);
        }
        return before;
    }

    boolean isFailed(PartitionId partition) {
        return status(partition) == PartitionStatus.FAILED;
    }

    /// Who is there, in order of rank.
    Collection<PartitionId> partitions() {
        return Collections.unmodifiableSortedSet(partitions);
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
