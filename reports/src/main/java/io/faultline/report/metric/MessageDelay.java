package io.faultline.report.metric;

import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed.MessageDelivered;

/// How long messages travel. Those that are lost have none.
public record MessageDelay() implements Latency {

    @Override
    public String description() {
        return "from sending a message to its delivery";
    }

    @Override
    public Samples of(Trace trace) {
        var samples = new Samples();
        for (var entry : trace) {
            if (entry.what() instanceof MessageDelivered seen) {
                samples.add(seen.delay().toNanos());
            }
        }
        return samples;
    }
}
