package io.faultline.model.network;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/// The kinds of messages that nodes exchange.
public enum MessageKind {
    /// A partition is alive.
    HEARTBEAT,
    /// A partition reached the barrier.
    BARRIER_ARRIVE,
    /// A round of the barrier is over.
    BARRIER_RELEASE,
    /// A partition has started again and asks how things stand.
    JOIN,
    /// A partition has done what it had to do, and stops.
    GOODBYE,
    /// Refuse operations, and say when none is in flight.
    PAUSE,
    /// No operation is in flight.
    QUIESCED,
    /// Accept operations again.
    RESUME,
    /// How many entities a partition owns from now on.
    ASSIGN,
    /// Send entities.
    TRANSFER_ORDER,
    /// Entities.
    TRANSFER,
    /// Entities have arrived.
    TRANSFERRED,
    /// What a partition finds of another that it watches.
    TESTIMONY,
    /// A partition that watches others has started again.
    WATCHING,
    /// Say what you find of a partition.
    DOUBT,
    /// Measure the silence of a partition from now on.
    MEASURE_AFRESH,
    /// Synchronise ghosts.
    GHOST_SYNC,
    /// Ghosts are synchronised.
    GHOST_ACK,
    /// A neighbour does not answer.
    SYNC_FAILED,
    /// It does so again.
    SYNC_SUCCEEDED,
    /// How many entities do you own?
    LOAD_REQUEST,
    /// So many.
    LOAD_REPLY,
    /// Move entities from one partition to another.
    MOVE,
    /// So many were moved.
    MOVED,
    /// Join again, since something on which you depend came back.
    REJOIN,
    /// A partition has joined again.
    REJOINED,
    /// Whatever actors that are no part of this program tell each other.
    OWN;

    /// Every kind.
    public static final Set<MessageKind> ALL =
            Collections.unmodifiableSet(EnumSet.allOf(MessageKind.class));

    /// Whether a lost message of this kind is sent again until it arrives, as over a TCP
    /// connection. A heartbeat is a datagram: the next one is as good.
    public boolean isReliable() {
        return this != HEARTBEAT;
    }
}
