package io.faultline.report.metric;

import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed.Quiesced;

import java.util.List;

/// From the beginning of a pause to the moment at which no operation is in flight any more. A pause
/// whose time runs out has none.
public record DrainTime() implements Latency {

    @Override
    public String description() {
        return "from a pause to the last operation in flight";
    }

    @Override
    public boolean isDrawn() {
        return false;
    }

    @Override
    public List<Tag> tags() {
        return Tag.OF_RUN;
    }

    @Override
    public Samples of(Trace trace, Sieve sieve) {
        var samples = new Samples();
        for (var entry : trace) {
            if (entry.what() instanceof Quiesced(var waited) && sieve.takes(entry)) {
                samples.add(waited.toNanos());
            }
        }
        return samples;
    }
}
