package io.faultline.report.invariant;

import io.faultline.kernel.Trace;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.observation.Observed.Drained;
import io.faultline.model.observation.Observed.LockReserved;
import io.faultline.model.observation.Observed.Queued;
import io.faultline.model.observation.Observed.StatusChanged;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// No partition waits twice in the queue of recoveries that were put off. It leaves the queue when
/// the queue is drained, when its recovery is admitted by other ways, or when it becomes healthy.
public record QueueWithoutDuplicates() implements Law {

    @Override
    public String description() {
        return "no partition waits twice in the queue of recoveries";
    }

    @Override
    public List<Violation> check(Trace trace, Rules rules) {
        var violations = new ArrayList<Violation>();
        var queue = new HashSet<PartitionId>();
        for (var entry : trace) {
            switch (entry.what()) {
                case Queued(var partition, _) -> {
                    if (!queue.add(partition)) {
                        violations.add(
                                new Violation(
                                        entry, partition + " was queued while it was queued"));
                    }
                }
                case Drained _ -> queue.clear();
                case LockReserved(var partition) -> queue.remove(partition);
                case StatusChanged change when change.to() == PartitionStatus.HEALTHY ->
                        queue.remove(change.partition());
                default -> {}
            }
        }
        return violations;
    }
}
