package io.faultline.report.invariant;

import io.faultline.model.Protocol;
import io.faultline.model.quorum.Quorum;
import io.faultline.model.recovery.OnPauseTimeout;

/// What invariants need to know of the protocol.
///
/// @param maxConcurrent how many recoveries may hold a permit at once
/// @param maxAttempts how many attempts a recovery may make in all
/// @param quorum how many partitions must be healthy
/// @param onPauseTimeout whether a recovery may go ahead with operations in flight
public record Rules(
        int maxConcurrent, int maxAttempts, Quorum quorum, OnPauseTimeout onPauseTimeout) {

    /// The rules that a protocol sets.
    public static Rules of(Protocol protocol) {
        return new Rules(
                protocol.recovery().maxConcurrent(),
                protocol.recovery().attempts(),
                protocol.quorum(),
                protocol.recovery().onPauseTimeout());
    }
}
