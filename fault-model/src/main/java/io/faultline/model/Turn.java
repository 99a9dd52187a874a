package io.faultline.model;

import io.faultline.model.cluster.PartitionId;

/// Whose turn it is among the events of one instant: first faults that end; then faults that begin
/// and operators; then messages, arrivals and work that is done; then timers; then whoever only
/// looks on.
///
/// Within a turn, events that concern no partition come first, then ascending rank, then the order
/// of posting.
public enum Turn {
    HEAL,
    FAULT,
    DELIVERY,
    TIMER,
    SAMPLING;

    private static final int RANK_BITS = 20;

    /// The kernel priority of an event that concerns no partition.
    public int ofNobody() {
        return ordinal() << RANK_BITS;
    }

    /// The kernel priority of an event that concerns a partition.
    public int of(PartitionId partition) {
        return ofNobody() | partition.rank() + 1;
    }
}
