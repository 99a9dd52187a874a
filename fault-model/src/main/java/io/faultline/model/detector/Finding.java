package io.faultline.model.detector;

import io.faultline.kernel.entity.Kronos;
import io.faultline.model.Turn;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.recovery.Coordinator;

/// What whoever listens to the heartbeats of a partition finds.
public enum Finding {
    ALIVE,
    /// It has been silent for so long that something may be wrong.
    SUSPECT,
    /// It has been silent for so long that it is taken to be failed.
    CONFIRM;

    /// Has the coordinator, on whose node this is called, told now.
    void tell(Coordinator coordinator, PartitionId partition) {
        Kronos.after(
                0,
                Turn.DELIVERY.of(partition),
                () -> {
                    switch (this) {
                        case ALIVE -> coordinator.alive(partition);
                        case SUSPECT -> coordinator.suspect(partition);
                        case CONFIRM -> coordinator.confirm(partition);
                    }
                });
    }
}
