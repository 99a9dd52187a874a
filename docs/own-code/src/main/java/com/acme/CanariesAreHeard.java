package com.acme;

import io.faultline.kernel.Trace;
import io.faultline.model.Setting;
import io.faultline.report.invariant.OwnInvariant;
import io.faultline.report.invariant.Rules;
import io.faultline.report.invariant.Violation;

import java.util.List;

/// No canary goes unanswered for too long.
public record CanariesAreHeard(
        @Setting(value = "how many calls in a row may go unanswered", byDefault = "0") int misses)
        implements OwnInvariant {

    @Override
    public String description() {
        return "no more than " + misses + " calls in a row go unanswered";
    }

    @Override
    public List<Violation> check(Trace trace, Rules rules) {
        return trace.stream()
                .filter(entry ->
                        entry.what() instanceof Canary.Unanswered(var other, var inARow)
                                && inARow > misses)
                .map(entry -> new Violation(entry, entry.actor() + " is not answered"))
                .toList();
    }
}
