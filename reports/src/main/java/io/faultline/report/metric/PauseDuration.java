package io.faultline.report.metric;

import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed.Resumed;

/// How long the system refuses new operations: resume − pause. Recoveries that overlap share one
/// pause.
public record PauseDuration() implements Latency {

    @Override
    public String description() {
        return "from Paused to Resumed";
    }

    @Override
    public Samples of(Trace trace) {
        var samples = new Samples();
        for (var entry : trace) {
            if (entry.what() instanceof Resumed seen) {
                samples.add(seen.paused().toNanos());
            }
        }
        return samples;
    }
}
