package io.faultline.report.metric;

import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed.AlertFired;

/// How often a monitor found a limit exceeded: every rule counts at every poll.
public record Alerts() implements Count {

    @Override
    public String description() {
        return "limits exceeded, counted at every poll";
    }

    @Override
    public Tally of(Trace trace) {
        return new Tally(trace.all(AlertFired.class).count());
    }
}
