package io.faultline.model.cluster;

/// What a coordinator believes of a partition. There is no *recovering*: how far a recovery has got
/// is said by its phase.
public enum PartitionStatus {
    /// Nothing speaks against it.
    HEALTHY,
    /// It missed something, and may be up.
    SUSPECTED,
    /// It is taken to be down, and is to be recovered.
    FAILED
}
