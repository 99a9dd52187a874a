package io.faultline.report.invariant;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.Trace;
import io.faultline.report.Quantity;

import java.util.List;

/// A place in a trace where an invariant does not hold.
///
/// @param entry the index of the entry that broke it
/// @param time when that was
/// @param sentence what is wrong, without a full stop
public record Violation(int entry, SimTime time, String sentence) {

    /// An entry of a trace that breaks an invariant.
    public Violation(Trace.Entry entry, String sentence) {
        this(entry.index(), entry.time(), sentence);
    }

    /// The first of them, and how many more there are.
    static String sentence(List<Violation> violations) {
        var first = violations.getFirst();
        int more = violations.size() - 1;
        return "at "
                + first.time()
                + ": "
                + first.sentence()
                + (more > 0 ? " (and " + Quantity.count(more) + " more)" : "");
    }
}
