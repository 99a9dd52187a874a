package io.faultline.model.detector;

import io.faultline.model.cluster.PartitionId;

/// Whom a failure detector tells what it finds.
public interface FaultHandler {

    /// A partition is suspicious.
    void suspect(PartitionId partition);

    /// A partition is taken to be failed.
    void confirm(PartitionId partition);

    /// A partition that was suspected or reported is heard from.
    void alive(PartitionId partition);

    /// Told, in the event in which it comes, of a heartbeat of a partition that is taken to be
    /// failed.
    void heardLate(PartitionId partition);
}
