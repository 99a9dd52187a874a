package io.faultline.report.goal;

import io.faultline.kernel.Trace;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.observation.Observed.Escalated;
import io.faultline.model.observation.Observed.LockReserved;
import io.faultline.model.observation.Observed.StatusChanged;

import java.util.TreeSet;

/// Every partition that was taken to be failed is healthy again or left to an operator; if he has
/// its recovery begun again, it is open again.
public record FailuresSettled() implements Goal {

    @Override
    public String description() {
        return "every partition that was taken to be failed is healthy again or left to an"
                + " operator";
    }

    @Override
    public Reach reach(Trace trace, Aftermath aftermath) {
        var failed = new TreeSet<PartitionId>();
        var left = new TreeSet<PartitionId>();
        var core = aftermath.core();
        return Reach.atEachInstant(
                trace,
                entry -> {
                    switch (entry.what()) {
                        case StatusChanged(var partition, _, var to, _)
                                when to == PartitionStatus.FAILED -> {
                            left.remove(partition);
                            if (core.contains(partition)) {
                                failed.add(partition);
                            }
                        }
                        case StatusChanged changed -> failed.remove(changed.partition());
                        case Escalated(var partition, _) -> left.add(partition);
                        case LockReserved(var partition) -> left.remove(partition);
                        default -> {}
                    }
                },
                () -> left.containsAll(failed));
    }
}
