package io.faultline.model.recovery;

import io.faultline.kernel.SimTime;
import io.faultline.model.cluster.PartitionId;

/// A failure that is not to happen, for those who want to know what would not have happened without
/// it: whenever the coordinator would declare the partition failed in that time, an operator heals
/// it at that very instant, as [io.faultline.model.script.OperatorHeal] does. Its node starts again
/// if it is down, the suspicion is withdrawn, and detectors start over. Nothing else is interfered
/// with.
///
/// @param partition whose failure it is
/// @param from from when on
/// @param until when somebody may declare it failed again
public record Prevention(PartitionId partition, SimTime from, SimTime until) {

    public Prevention {
        if (!from.isBefore(until)) {
            throw new IllegalArgumentException(
                    "a prevention ends after it begins, and not at " + until + " and " + from);
        }
    }

    boolean concerns(PartitionId failing, long nanos) {
        return failing.equals(partition) && from.nanos() <= nanos && nanos < until.nanos();
    }
}
