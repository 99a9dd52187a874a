package io.faultline.model.recovery;

import io.faultline.model.cluster.PartitionId;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.TreeSet;

/// The pause of operations that recoveries share: who begins it, who waits until no operation is in
/// flight, and who ends it.
final class Quiescence {

    private final PauseSharing sharing;
    private final SequencedSet<PartitionId> inside = new LinkedHashSet<>();
    private final SequencedSet<PartitionId> waiting = new LinkedHashSet<>();
    private final TreeSet<PartitionId> awaited = new TreeSet<>();
    private State state = State.RUNNING;
    private boolean paused;
    private PartitionId beginner;
    private int pause;

    /// Where the wait stands.
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

    Quiescence(PauseSharing sharing) {
        this.sharing = sharing;
    }

    /// A recovery enters.
    ///
    /// @return whether there is no pause yet, so that one has to begin
    boolean enter(PartitionId recovered) {
        boolean begins = !paused;
        paused = true;
        inside.add(recovered);
        if (begins) {
            beginner = recovered;
        }
        return begins;
    }

    /// A pause begins, and waits for these partitions.
    void begin(Collection<PartitionId> partitions) {
        pause++;
        awaited.clear();
        awaited.addAll(partitions);
        state = awaited.isEmpty() ? State.QUIET : State.DRAINING;
    }

    /// Has a recovery that has entered wait, if it has to.
    ///
    /// @return whether it waits, and will be among those that are released
    boolean joinWait(PartitionId recovered) {
        boolean waits =
                state == State.DRAINING
                        && (sharing == PauseSharing.COUNTED || recovered.equals(beginner));
        if (waits) {
            waiting.add(recovered);
        }
        return waits;
    }

    /// Those who waited and may go ahead now, in the order in which they entered.
    List<PartitionId> release() {
        var released = List.copyOf(waiting);
        waiting.clear();
        return released;
    }

    /// A partition is waited for as well, if any is.
    void await(PartitionId partition) {
        if (state == State.DRAINING) {
            awaited.add(partition);
        }
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
    /// @return whether that ends the pause
    boolean leave(PartitionId recovered) {
        boolean wasInside = inside.remove(recovered);
        waiting.remove(recovered);
        boolean mayEnd = sharing == PauseSharing.FLAG || inside.isEmpty();
        if (!wasInside || !paused || !mayEnd) {
            return false;
        }
        paused = false;
        if (!isAwaited()) {
            state = State.RUNNING;
            awaited.clear();
        }
        return true;
    }

    /// Whether somebody waits for operations in flight, be they paused or not.
    boolean isAwaited() {
        return state == State.DRAINING && !waiting.isEmpty();
    }

    /// Whether operations are refused.
    boolean isPaused() {
        return paused;
    }

    /// Whether no operation is in flight, nor can become so.
    boolean isQuiet() {
        return paused && state == State.QUIET;
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
