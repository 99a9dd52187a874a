package io.faultline.report.invariant;

import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed.Paused;
import io.faultline.model.observation.Observed.Resumed;

import java.util.ArrayList;
import java.util.List;

/// Pauses do not overlap: each is followed by one resumption, which knows how long it was, before
/// the next one begins (RS-8). Only the end of the run may cut one short.
public record PausesResumed() implements Invariant {

    @Override
    public String description() {
        return "every pause is ended once, and before the next one begins";
    }

    @Override
    public List<Violation> check(Trace trace, Rules rules) {
        var violations = new ArrayList<Violation>();
        Trace.Entry paused = null;
        for (var entry : trace) {
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
                default -> {}
            }
        }
        return violations;
    }
}
