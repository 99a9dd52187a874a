package io.faultline.report.metric;

import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed.MessageDelivered;

import java.util.List;

/// How long messages travel. Those that are lost have none.
public record MessageDelay() implements Latency {

    @Override
    public String description() {
        return "from sending a message to its delivery";
    }

    @Override
    public List<Tag> tags() {
        return Tag.OF_MESSAGE;
    }

    @Override
    public Samples of(Trace trace, Sieve sieve) {
        var samples = new Samples();
        for (var entry : trace) {
            if (entry.what() instanceof MessageDelivered seen
                    && sieve.takes(entry, seen.message())) {
                samples.add(seen.delay().toNanos());
            }
        }
        return samples;
    }
}
