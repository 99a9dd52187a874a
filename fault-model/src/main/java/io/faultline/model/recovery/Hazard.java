package io.faultline.model.recovery;

import io.faultline.model.cluster.PartitionId;

/// Something outside that makes phases of recoveries fail.
@FunctionalInterface
public interface Hazard {

    /// Whether a phase that has come to its end has failed.
    boolean strikes(PartitionId partition, RecoveryPhase phase);
}
