package io.faultline.report.invariant;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.Trace;

/// A place in a trace where an invariant does not hold.
///
/// @param entry the index of the entry that broke it
/// @param time when that was
/// @param sentence what is wrong, without a full stop
public record Violation(int entry, SimTime time, String sentence) {

    Violation(Trace.Entry entry, String sentence) {
        this(entry.index(), entry.time(), sentence);
    }
}
