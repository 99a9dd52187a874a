package com.acme;

import io.faultline.kernel.Trace;
import io.faultline.report.metric.OwnLatency;
import io.faultline.report.metric.Samples;

/// How long canaries wait for an answer.
public record CanaryRoundTrip() implements OwnLatency {

    @Override
    public String description() {
        return "from the call of a canary to its answer";
    }

    @Override
    public Samples of(Trace trace) {
        return Samples.of(
                trace.all(Canary.Answered.class)
                        .mapToLong(answered -> answered.after().toNanos())
                        .toArray());
    }
}
