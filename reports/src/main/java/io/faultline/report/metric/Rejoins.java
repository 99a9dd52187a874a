package io.faultline.report.metric;

import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed.RejoinAsked;

/// How often a partition was asked to join again, because it or something on which it depends came
/// back.
public record Rejoins() implements Count {

    @Override
    public String description() {
        return "times a partition was asked to join again";
    }

    @Override
    public Tally of(Trace trace) {
        return new Tally(trace.all(RejoinAsked.class).count());
    }
}
