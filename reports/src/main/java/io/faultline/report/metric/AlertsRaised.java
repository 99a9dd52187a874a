package io.faultline.report.metric;

import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed.AlertRaised;

/// How often an alert was raised; one that goes on counts once.
public record AlertsRaised() implements Count {

    @Override
    public String description() {
        return "times an alert was raised";
    }

    @Override
    public Tally of(Trace trace) {
        return new Tally(trace.all(AlertRaised.class).count());
    }
}
