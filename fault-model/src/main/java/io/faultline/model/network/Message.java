package io.faultline.model.network;

import io.faultline.model.cluster.PartitionId;

/// What actors tell each other. Immutable.
public sealed interface Message {

    /// The partition that the message is about.
    PartitionId partition();

    MessageKind kind();

    /// `partition` is alive.
    record Heartbeat(PartitionId partition) implements Message {
        @Override
        public MessageKind kind() {
            return MessageKind.HEARTBEAT;
        }
    }

    /// `partition` has reached the barrier.
    ///
    /// @param incarnation of its node, so that an arrival from before a crash is told apart
    record BarrierArrive(PartitionId partition, int incarnation) implements Message {
        @Override
        public MessageKind kind() {
            return MessageKind.BARRIER_ARRIVE;
        }
    }

    /// `partition` may go on: the round is over, complete or broken.
    record BarrierRelease(PartitionId partition, long round) implements Message {
        @Override
        public MessageKind kind() {
            return MessageKind.BARRIER_RELEASE;
        }
    }

    /// `partition` has started again, has forgotten everything, and asks how things stand.
    record Join(PartitionId partition) implements Message {
        @Override
        public MessageKind kind() {
            return MessageKind.JOIN;
        }
    }

    /// `partition` is to refuse operations and to answer when none is in flight.
    ///
    /// @param pause counts the pauses of the run
    record Pause(PartitionId partition, int pause) implements Message {
        @Override
        public MessageKind kind() {
            return MessageKind.PAUSE;
        }
    }

    /// `partition` is paused and has no operation in flight.
    record Quiesced(PartitionId partition, int pause) implements Message {
        @Override
        public MessageKind kind() {
            return MessageKind.QUIESCED;
        }
    }

    /// `partition` may accept operations again.
    record Resume(PartitionId partition, int pause) implements Message {
        @Override
        public MessageKind kind() {
            return MessageKind.RESUME;
        }
    }

    /// `partition` is to join again, since something on which it depends came back, and to answer.
    ///
    /// @param request counts how often it was asked
    record Rejoin(PartitionId partition, int request) implements Message {
        @Override
        public MessageKind kind() {
            return MessageKind.REJOIN;
        }
    }

    /// `partition` has joined again.
    record Rejoined(PartitionId partition, int request) implements Message {
        @Override
        public MessageKind kind() {
            return MessageKind.REJOINED;
        }
    }

    /// `partition` owns this many entities from now on.
    ///
    /// @param version counts what the coordinator has decided, so that a message that was overtaken
    ///   by a later one is told apart
    record Assign(PartitionId partition, int entities, long version) implements Message {
        @Override
        public MessageKind kind() {
            return MessageKind.ASSIGN;
        }
    }

    /// `partition` is to send entities to another.
    ///
    /// @param order counts the orders of the coordinator
    record TransferOrder(PartitionId partition, PartitionId to, int entities, long order)
            implements Message {
        @Override
        public MessageKind kind() {
            return MessageKind.TRANSFER_ORDER;
        }
    }

    /// A batch of entities for `partition`.
    record Transfer(PartitionId partition, int entities, long order) implements Message {
        @Override
        public MessageKind kind() {
            return MessageKind.TRANSFER;
        }
    }

    /// `partition` has taken a batch of entities in.
    record Transferred(PartitionId partition, int entities, long order) implements Message {
        @Override
        public MessageKind kind() {
            return MessageKind.TRANSFERRED;
        }
    }
}
