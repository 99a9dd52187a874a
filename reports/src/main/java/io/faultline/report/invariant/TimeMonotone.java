package io.faultline.report.invariant;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.Trace;

import java.util.ArrayList;
import java.util.List;

/// Time never goes back from one observation to the next, and nothing precedes its cause.
public record TimeMonotone() implements Law {

    @Override
    public String description() {
        return "time never goes back, and nothing precedes its cause";
    }

    @Override
    public List<Violation> check(Trace trace, Rules rules) {
        var violations = new ArrayList<Violation>();
        var last = SimTime.ZERO;
        for (var entry : trace) {
            if (entry.time().isBefore(last)) {
                violations.add(
                        new Violation(
                                entry, "time went back from " + last + " to " + entry.time()));
            } else if (entry.cause() != Trace.NO_CAUSE
                    && (entry.cause() >= entry.index()
                            || trace.get(entry.cause()).time().isAfter(entry.time()))) {
                violations.add(
                        new Violation(
                                entry,
                                "observation "
                                        + entry.index()
                                        + " precedes its cause "
                                        + entry.cause()));
            }
            last = entry.time();
        }
        return violations;
    }
}
