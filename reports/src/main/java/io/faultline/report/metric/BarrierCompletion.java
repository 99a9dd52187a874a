package io.faultline.report.metric;

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
        return Tag.OF_PARTITION;
    }

    @Override
    public Fold<Samples> begin(Sieve sieve) {
        return Samples.collecting(
                RoundCompleted.class,
                (entry, seen) -> sieve.takes(entry, seen.last()),
                RoundCompleted::took);
    }
}
