package io.faultline.report.goal;

import io.faultline.kernel.Trace;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.observation.Observed.Drained;
import io.faultline.model.observation.Observed.LockCollided;
import io.faultline.model.observation.Observed.LockGranted;
import io.faultline.model.observation.Observed.LockReserved;
import io.faultline.model.observation.Observed.LockTimedOut;
import io.faultline.model.observation.Observed.Queued;
import io.faultline.model.observation.Observed.StatusChanged;

import java.util.TreeSet;

/// No recovery is put off until there is a quorum, and none waits for a permit. One that waits for
/// its next attempt does neither.
public record QueueDrained() implements Goal {

    @Override
    public String description() {
        return "no recovery is put off until there is a quorum, and none waits for a permit";
    }

    @Override
    public Reach reach(Trace trace, Aftermath aftermath) {
        var putOff = new TreeSet<PartitionId>();
        var waiting = new TreeSet<PartitionId>();
        var core = aftermath.core();
        return Reach.atEachInstant(
                trace,
                entry -> {
                    switch (entry.what()) {
                        case Queued(var partition, _) when core.contains(partition) ->
                                putOff.add(partition);
                        case Drained _ -> putOff.clear();
                        case StatusChanged(var partition, var from, _, _)
                                when from == PartitionStatus.FAILED ->
                                putOff.remove(partition);
                        case LockReserved(var partition) when core.contains(partition) ->
                                waiting.add(partition);
                        case LockGranted(var partition, _) -> waiting.remove(partition);
                        case LockTimedOut(var partition) -> waiting.remove(partition);
                        case LockCollided(var partition, _) -> waiting.remove(partition);
                        default -> {}
                    }
                },
                () -> putOff.isEmpty() && waiting.isEmpty());
    }
}
