package io.faultline.report.metric;

import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed.RoundCompleted;

import java.util.List;

/// From the first arrival of a barrier round to the last. Broken rounds have none.
public record BarrierCompletion() implements Latency {

    @Override
    public String description() {
        return "from the first arrival of a round to the last";
    }

    @Override
    public List<Tag> tags() {
        return Tag.OF_RUN;
    }

    @Override
    public Samples of(Trace trace, Sieve sieve) {
        var samples = new Samples();
        for (var entry : trace) {
            if (entry.what() instanceof RoundCompleted seen && sieve.takes(entry)) {
                samples.add(seen.took().toNanos());
            }
        }
        return samples;
    }
}
