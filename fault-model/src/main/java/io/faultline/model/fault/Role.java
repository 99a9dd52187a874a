package io.faultline.model.fault;

/// What nodes are there for.
public enum Role {
    /// Anything: all nodes, the coordinator's included.
    ANY,
    /// They host partitions.
    PARTITIONS,
    /// They host the coordinator, or a handler.
    HANDLERS,
    /// They host the coordinator.
    COORDINATOR,
    /// They host the coordinator or a handler who believes, when the fault begins, that the
    /// partitions are a quorum, and so acts for all.
    PRIMARIES
}
