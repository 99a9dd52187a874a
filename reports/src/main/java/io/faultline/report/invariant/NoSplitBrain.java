package io.faultline.report.invariant;

import io.faultline.kernel.Trace;
import io.faultline.report.Handlers;
import io.faultline.report.Handlers.Pair;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// No two handlers who cannot talk to each other both act as the quorum, each having given up a
/// partition that the other has not. Judged at the end of each instant. Broken by quorums of the
/// partitions in view, and by those that are no majority.
public record NoSplitBrain() implements Promise {

    @Override
    public String description() {
        return "no two handlers on different sides of a split both act as the quorum";
    }

    @Override
    public List<Violation> check(Trace trace, Rules rules) {
        var violations = new ArrayList<Violation>();
        var handlers = new Handlers();
        var split = new HashSet<Pair>();
        Trace.Entry last = null;
        for (var entry : trace) {
            if (last != null && entry.time().isAfter(last.time())) {
                settle(handlers, split, last, violations);
            }
            handlers.see(entry);
            last = entry;
        }
        if (last != null) {
            settle(handlers, split, last, violations);
        }
        return violations;
    }

    private static void settle(
            Handlers handlers, HashSet<Pair> split, Trace.Entry last, List<Violation> violations) {
        for (var pair : handlers.pairs()) {
            if (!handlers.areBothPrimary(pair)) {
                split.remove(pair);
            } else if (split.add(pair)) {
                violations.add(
                        new Violation(
                                last,
                                pair.one()
                                        + " and "
                                        + pair.other()
                                        + " both act as the quorum, and cannot talk to each"
                                        + " other"));
            }
        }
    }
}
