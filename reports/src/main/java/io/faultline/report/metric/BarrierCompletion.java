package io.faultline.report.metric;

import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed.RoundCompleted;

/// From the first arrival of a barrier round to the last. Broken rounds have none.
public record BarrierCompletion() implements Latency {

    @Override
    public String description() {
        return "from the first arrival of a round to the last";
    }

    @Override
    public Samples of(Trace trace) {
        var samples = new Samples();
        for (var entry : trace) {
            if (entry.what() instanceof RoundCompleted seen) {
                samples.add(seen.took().toNanos());
            }
        }
        return samples;
    }
}
