package io.faultline.scenario.explain;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.Trace;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.observation.Observed.PartitionDown;
import io.faultline.model.observation.Observed.PartitionUp;
import io.faultline.model.observation.Observed.StatusChanged;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A partition was declared failed by the coordinator, rightly or not.
///
/// @param down whether it was down, or out of reach, in truth
/// @param time when
/// @param index where in the trace
public record Failure(PartitionId partition, boolean down, SimTime time, int index) {

    /// All of a run, in order.
    static List<Failure> in(Trace trace) {
        var failures = new ArrayList<Failure>();
        Set<PartitionId> down = new HashSet<>(); // looked up, never iterated
        for (var entry : trace) {
            switch (entry.what()) {
                case PartitionDown gone -> down.add(gone.partition());
                case PartitionUp back -> down.remove(back.partition());
                case StatusChanged(var partition, _, var to, _) when to == PartitionStatus.FAILED ->
                        failures.add(
                                new Failure(
                                        partition,
                                        down.contains(partition),
                                        entry.time(),
                                        entry.index()));
                default -> {}
            }
        }
        return failures;
    }

    /// Which of the failures of one run recur in another: each is paired with at most one of the
    /// same partition that is not further away than `window`, the closest pairs first. To declare
    /// somebody failed who is down and to do so by mistake is not the same.
    static List<Boolean> recurring(List<Failure> ones, List<Failure> others, Duration window) {
        return Recurrence.of(ones, others, Failure::isLike, Failure::apart, window);
    }

    private boolean isLike(Failure other) {
        return partition.equals(other.partition) && down == other.down;
    }

    private long apart(Failure other) {
        return Math.abs(time.nanos() - other.time.nanos());
    }

    @Override
    public String toString() {
        return partition + " is declared failed" + (down ? "" : " by mistake");
    }
}
