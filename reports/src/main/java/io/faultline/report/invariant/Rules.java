package io.faultline.report.invariant;

import io.faultline.model.Protocol;
import io.faultline.model.detector.Healing;
import io.faultline.model.quorum.Census;
import io.faultline.model.quorum.Quorum;

/// What invariants need to know of the protocol.
///
/// @param maxConcurrent how many recoveries may hold a permit at once
/// @param maxAttempts how many attempts a recovery may make in all
/// @param quorum how many partitions must be active
/// @param census who is counted for that
/// @param healing what makes a failed partition healthy again
public record Rules(
        int maxConcurrent, int maxAttempts, Quorum quorum, Census census, Healing healing) {

    /// The rules that a protocol sets.
    public static Rules of(Protocol protocol) {
        return new Rules(
                protocol.recovery().maxConcurrent(),
                protocol.recovery().attempts()
                        * protocol.recovery().strategy().levels(protocol.recovery()).size(),
                protocol.quorum(),
                protocol.census(),
                protocol.suspicion().healing());
    }
}
