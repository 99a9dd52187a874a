package io.faultline.model.detector;

import io.faultline.kernel.entity.Kronos;
import io.faultline.model.Turn;
import io.faultline.model.cluster.PartitionId;

/// What whoever listens to the heartbeats of a partition finds.
public enum Finding {
    ALIVE,
    /// It has been silent for so long that something may be wrong.
    SUSPECT,
    /// It has been silent for so long that it is taken to be failed.
    CONFIRM;

    /// Has a handler, on whose node this is called, told now.
    public void tell(FaultHandler handler, PartitionId partition) {
        Kronos.after(
                0,
                Turn.DELIVERY.of(partition),
                () -> {
                    switch (this) {
                        case ALIVE -> handler.alive(partition);
                        case SUSPECT -> handler.suspect(partition);
                        case CONFIRM -> handler.confirm(partition);
                    }
                });
    }
}
