package io.faultline.model.network;

import io.faultline.model.cluster.PartitionId;
import io.faultline.model.detector.Finding;

/// What actors tell each other. Immutable.
public sealed interface Message {

    /// The partition that the message is about.
    PartitionId partition();

    MessageKind kind();

    /// Whether it is sent again when it is lost, until it arrives.
    default boolean isReliable() {
        return kind().isReliable();
    }

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
    /// @param number counts its arrivals since then, so that one that comes twice is told apart
    record BarrierArrive(PartitionId partition, int incarnation, int number) implements Message {
        @Override
        public MessageKind kind() {
            return MessageKind.BARRIER_ARRIVE;
        }
    }

    /// `partition` may go on: the round is over, complete or broken.
    ///
    /// @param number counts the releases of the barrier, so that one that was overtaken by a later
    ///   one, or comes twice, is told apart
    record BarrierRelease(PartitionId partition, long number) implements Message {
        @Override
        public MessageKind kind() {
            return MessageKind.BARRIER_RELEASE;
        }
    }

    /// `partition` has started again, has forgotten everything, and asks how things stand.
    ///
    /// @param incarnation of its node, so that a question that comes twice is told apart
    record Join(PartitionId partition, int incarnation) implements Message {
        @Override
        public MessageKind kind() {
            return MessageKind.JOIN;
        }
    }

    /// `partition` has done what it had to do, and its node stops.
    ///
    /// @param incarnation of its node, so that a farewell that comes late is told apart
    record Goodbye(PartitionId partition, int incarnation) implements Message {
        @Override
        public MessageKind kind() {
            return MessageKind.GOODBYE;
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
    ///
    /// @param batch counts the batches of the order
    record Transfer(PartitionId partition, int entities, long order, int batch) implements Message {
        @Override
        public MessageKind kind() {
            return MessageKind.TRANSFER;
        }
    }

    /// `partition` has taken a batch of entities in.
    ///
    /// @param batch the batch of the order, so that one that comes twice is told apart
    record Transferred(PartitionId partition, int entities, long order, int batch)
            implements Message {
        @Override
        public MessageKind kind() {
            return MessageKind.TRANSFERRED;
        }
    }

    /// What `watcher` finds of `partition`, to whose heartbeats it listens.
    ///
    /// @param strike the last time that the watcher was told to measure silence afresh, as
    ///   [MeasureAfresh] numbered it
    /// @param number counts what the watcher has said
    record Testimony(
            PartitionId partition, PartitionId watcher, Finding finding, int strike, int number)
            implements Message {
        @Override
        public MessageKind kind() {
            return MessageKind.TESTIMONY;
        }
    }

    /// `partition` has started again, and has forgotten what it found of those that it watches.
    ///
    /// @param incarnation of its node, so that this is told apart if it comes twice
    record Watching(PartitionId partition, int incarnation) implements Message {
        @Override
        public MessageKind kind() {
            return MessageKind.WATCHING;
        }
    }

    /// `watcher` is to say at its next check what it finds of `partition`.
    record Doubt(PartitionId partition, PartitionId watcher) implements Message {
        @Override
        public MessageKind kind() {
            return MessageKind.DOUBT;
        }
    }

    /// `watcher` is to measure the silence of `partition` from now on; what it has said of it is
    /// void.
    ///
    /// @param strike counts how often this was said of the two, so that a message that was
    ///   overtaken by a later one is told apart
    record MeasureAfresh(PartitionId partition, PartitionId watcher, int strike)
            implements Message {
        @Override
        public MessageKind kind() {
            return MessageKind.MEASURE_AFRESH;
        }
    }

    /// `partition` asks a neighbour to synchronise ghosts.
    record GhostSync(PartitionId partition, long round) implements Message {
        @Override
        public MessageKind kind() {
            return MessageKind.GHOST_SYNC;
        }
    }

    /// `partition` answers.
    record GhostAck(PartitionId partition, long round) implements Message {
        @Override
        public MessageKind kind() {
            return MessageKind.GHOST_ACK;
        }
    }

    /// `partition` has not answered a neighbour in time.
    ///
    /// @param by the neighbour
    /// @param incarnation of the neighbour's node
    /// @param number counts what the neighbour has said since then, so that what comes twice is
    ///   told apart
    record SyncFailed(PartitionId partition, PartitionId by, int incarnation, int number)
            implements Message {
        @Override
        public MessageKind kind() {
            return MessageKind.SYNC_FAILED;
        }
    }

    /// `partition` has answered a neighbour again.
    ///
    /// @param by the neighbour
    /// @param incarnation of the neighbour's node
    /// @param number as in [SyncFailed]
    record SyncSucceeded(PartitionId partition, PartitionId by, int incarnation, int number)
            implements Message {
        @Override
        public MessageKind kind() {
            return MessageKind.SYNC_SUCCEEDED;
        }
    }

    /// `partition` is asked how many entities it owns.
    ///
    /// @param round counts the rounds of the balancer
    record LoadRequest(PartitionId partition, long round) implements Message {
        @Override
        public MessageKind kind() {
            return MessageKind.LOAD_REQUEST;
        }
    }

    /// `partition` owns so many entities.
    ///
    /// @param paused whether its operations are paused
    record LoadReply(PartitionId partition, int entities, boolean paused, long round)
            implements Message {
        @Override
        public MessageKind kind() {
            return MessageKind.LOAD_REPLY;
        }
    }

    /// `partition` should give entities to another.
    record Move(PartitionId partition, PartitionId to, int entities, long round)
            implements Message {
        @Override
        public MessageKind kind() {
            return MessageKind.MOVE;
        }
    }

    /// `partition` has given so many entities away; none if that was refused.
    record Moved(PartitionId partition, int entities, long round) implements Message {
        @Override
        public MessageKind kind() {
            return MessageKind.MOVED;
        }
    }

    /// A message of your own, from one actor of yours to another: the door for kinds that are not
    /// part of this program. A kind is a record.
    non-sealed interface OwnMessage extends Message {

        /// The partition that the message is about; of messages that arrive at one instant, those
        /// about none come when those about the first one do.
        @Override
        default PartitionId partition() {
            return new PartitionId(0);
        }

        @Override
        default MessageKind kind() {
            return MessageKind.OWN;
        }
    }
}
