package io.faultline.report.invariant;

import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed.Queued;

import java.util.ArrayList;
import java.util.List;

/// At most five recoveries are put off at a time, the depth at which Luciferase wants its operators
/// alerted. Broken where failures come faster than recoveries end.
public record BoundedQueue() implements Promise {

    private static final int DEPTH = 5;

    @Override
    public String description() {
        return "at most five recoveries are put off at a time";
    }

    @Override
    public List<Violation> check(Trace trace, Rules rules) {
        var violations = new ArrayList<Violation>();
        for (var entry : trace) {
            if (entry.what() instanceof Queued(var partition, var depth) && depth > DEPTH) {
                violations.add(
                        new Violation(
                                entry, partition + " is number " + depth + " of those put off"));
            }
        }
        return violations;
    }
}
