package io.faultline.kernel;

import java.time.Duration;

/// How far a run has got.
///
/// @param now its virtual time
/// @param executed how many events have run
/// @param pending how many are to run
/// @param waiting how many events are suspended in the middle
public record Progress(SimTime now, long executed, int pending, int waiting) {

    /// How many seconds of virtual time have passed since an earlier look for every second of real
    /// time.
    ///
    /// @param elapsed the real time between the two looks; more than 0
    public double speedSince(Progress earlier, Duration elapsed) {
        return (double) now.since(earlier.now).toNanos() / elapsed.toNanos();
    }
}
