package io.faultline.report.invariant;

import io.faultline.model.Protocol;
import io.faultline.model.detector.Healing;
import io.faultline.model.quorum.Census;
import io.faultline.model.quorum.Quorum;
import io.faultline.model.recovery.InProgress;
import io.faultline.model.recovery.Level;
import io.faultline.model.recovery.OnPauseTimeout;
import io.faultline.model.recovery.PauseSharing;

import java.util.List;

/// What invariants need to know of the protocol.
///
/// @param maxConcurrent how many recoveries may hold a permit at once
/// @param attempts how many attempts a recovery may make on each level of its strategy
/// @param levelsMove of each level, whether survivors look after the entities in the meantime
/// @param quorum how many partitions must be active
/// @param census who is counted for that
/// @param healing what makes a failed partition healthy again
/// @param onPauseTimeout whether a recovery may go ahead with operations in flight
/// @param inProgress which recoveries count as being in progress
/// @param pause how recoveries that overlap share the pause of operations
/// @param movingTakesTime whether entities are sent before they change their owner
public record Rules(
        int maxConcurrent,
        int attempts,
        List<Boolean> levelsMove,
        Quorum quorum,
        Census census,
        Healing healing,
        OnPauseTimeout onPauseTimeout,
        InProgress inProgress,
        PauseSharing pause,
        boolean movingTakesTime) {

    /// The rules that a protocol sets.
    public static Rules of(Protocol protocol) {
        return new Rules(
                protocol.recovery().maxConcurrent(),
                protocol.recovery().attempts(),
                protocol.recovery().strategy().levels(protocol.recovery()).stream()
                        .map(Level::movesEntities)
                        .toList(),
                protocol.quorum(),
                protocol.census(),
                protocol.suspicion().healing(),
                protocol.recovery().onPauseTimeout(),
                protocol.recovery().inProgress(),
                protocol.recovery().pause(),
                protocol.recovery().transfer().isPresent());
    }

    /// How many attempts a recovery may make in all.
    int maxAttempts() {
        return attempts * levelsMove.size();
    }

    /// Whether entities move in an attempt.
    ///
    /// @param attempt from 1; an operator may add some to the last level
    boolean movesEntities(int attempt) {
        return levelsMove.get(Math.min((attempt - 1) / attempts, levelsMove.size() - 1));
    }

    /// Whether so many active partitions are a quorum. When nobody is left in the view, the formula
    /// is asked about a system of one.
    boolean isQuorum(int active, int total) {
        return quorum.holds(active, Math.max(1, total));
    }
}
