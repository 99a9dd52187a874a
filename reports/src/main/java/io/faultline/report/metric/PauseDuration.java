package io.faultline.report.metric;

import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed.Resumed;

import java.util.List;

/// How long the system refuses new operations: resume − pause. Recoveries that overlap share one
/// pause.
public record PauseDuration() implements Latency {

    @Override
    public String description() {
        return "from Paused to Resumed";
    }

    @Override
    public List<Tag> tags() {
        return Tag.OF_RUN;
    }

    @Override
    public Samples of(Trace trace, Sieve sieve) {
        var samples = new Samples();
        for (var entry : trace) {
            if (entry.what() instanceof Resumed seen && sieve.takes(entry)) {
                samples.add(seen.paused().toNanos());
            }
        }
        return samples;
    }
}
