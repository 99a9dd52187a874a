package io.faultline.report.metric;

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
    public Fold<Samples> begin(Sieve sieve) {
        return Samples.collecting(
                Resumed.class, (entry, seen) -> sieve.takes(entry), Resumed::paused);
    }
}
