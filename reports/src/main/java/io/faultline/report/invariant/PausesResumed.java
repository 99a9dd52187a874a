package io.faultline.report.invariant;

import io.faultline.kernel.Trace;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.observation.Observed.LockGranted;
import io.faultline.model.observation.Observed.LockReleased;
import io.faultline.model.observation.Observed.Paused;
import io.faultline.model.observation.Observed.Resumed;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// Pauses do not overlap: each is followed by one resumption, which knows how long it was, before
/// the next one begins, and not later than the end of the last recovery. Only the end of the run
/// may cut one short.
public record PausesResumed() implements Law {

    @Override
    public String description() {
        return "every pause is ended once, and before the next one begins";
    }

    @Override
    public List<Violation> check(Trace trace, Rules rules) {
        var violations = new ArrayList<Violation>();
        var holding = new HashSet<PartitionId>();
        Trace.Entry paused = null;
        Trace.Entry overdue = null;
        for (var entry : trace) {
            if (overdue != null && entry.time().isAfter(overdue.time())) {
                violations.add(goesOn(overdue));
                overdue = null;
            }
            switch (entry.what()) {
                case Paused _ -> {
                    if (paused != null) {
                        violations.add(
                                new Violation(
                                        entry,
                                        "paused again during the pause that began at "
                                                + paused.time()));
                    }
                    paused = entry;
                }
                case Resumed(var length) -> {
                    if (paused == null) {
                        violations.add(new Violation(entry, "resumed without a pause"));
                    } else if (!length.equals(entry.time().since(paused.time()))) {
                        violations.add(
                                new Violation(
                                        entry,
                                        "the pause that began at "
                                                + paused.time()
                                                + " is said to have taken "
                                                + length.toNanos()
                                                + "ns"));
                    }
                    paused = null;
                }
                case LockGranted granted -> {
                    holding.add(granted.partition());
                    overdue = null;
                }
                case LockReleased released -> {
                    holding.remove(released.partition());
                    overdue = holding.isEmpty() && paused != null ? entry : null;
                }
                default -> {}
            }
        }
        if (overdue != null) {
            violations.add(goesOn(overdue));
        }
        return violations;
    }

    private static Violation goesOn(Trace.Entry released) {
        return new Violation(released, "the last recovery is over, but the pause is not");
    }
}
