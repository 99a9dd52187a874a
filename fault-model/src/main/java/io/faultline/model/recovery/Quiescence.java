package io.faultline.model.recovery;

import io.faultline.model.cluster.PartitionId;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.TreeSet;

/// The pause of operations that recoveries share: the first one to enter begins it, the last one to
/// leave ends it, and whoever enters in between joins the wait or inherits how it ended.
final class Quiescence {

    private final SequencedSet<PartitionId> inside = new LinkedHashSet<>();
    private final TreeSet<PartitionId> awaited = new TreeSet<>();
    private State state = State.RUNNING;
    private int pause;

    /// Where the pause stands.
    enum State {
        /// There is none.
        RUNNING,
        /// Operations may still be in flight.
        DRAINING,
        /// None is in flight.
        QUIET,
        /// The time for them was over first.
        TIMED_OUT
    }

    /// A recovery enters.
    ///
    /// @return whether it is the first one, so that a pause has to begin
    boolean enter(PartitionId recovered) {
        inside.add(recovered);
        return inside.size() == 1;
    }

    /// A pause begins, and waits for these partitions.
    void begin(Collection<PartitionId> partitions) {
        pause++;
        awaited.clear();
        awaited.addAll(partitions);
        state = awaited.isEmpty() ? State.QUIET : State.DRAINING;
    }

    /// A partition need not be waited for any more.
    ///
    /// @return whether it was the last one
    boolean done(PartitionId partition) {
        if (awaited.remove(partition) && state == State.DRAINING && awaited.isEmpty()) {
            state = State.QUIET;
            return true;
        }
        return false;
    }

    /// The time for a pause is over.
    ///
    /// @return whether it was still being waited for
    boolean timeOut(int number) {
        if (number != pause || state != State.DRAINING) {
            return false;
        }
        state = State.TIMED_OUT;
        return true;
    }

    /// A recovery leaves.
    ///
    /// @return whether it was the last one, so that the pause is over
    boolean leave(PartitionId recovered) {
        if (inside.remove(recovered) && inside.isEmpty()) {
            state = State.RUNNING;
            awaited.clear();
            return true;
        }
        return false;
    }

    State state() {
        return state;
    }

    /// The number of the newest pause, from 1.
    int pause() {
        return pause;
    }

    int awaitedCount() {
        return awaited.size();
    }

    /// The recoveries inside, in the order in which they entered.
    List<PartitionId> inside() {
        return List.copyOf(inside);
    }
}
