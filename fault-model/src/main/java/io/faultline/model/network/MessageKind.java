package io.faultline.model.network;

/// The kinds of messages that nodes exchange.
public enum MessageKind {
    /// A partition is alive.
    HEARTBEAT,
    /// A partition reached the barrier.
    BARRIER_ARRIVE,
    /// A round of the barrier is over.
    BARRIER_RELEASE,
    /// Refuse operations, and say when none is in flight.
    PAUSE,
    /// No operation is in flight.
    QUIESCED,
    /// Accept operations again.
    RESUME,
    /// Entities on their way to another owner.
    ENTITIES
}
