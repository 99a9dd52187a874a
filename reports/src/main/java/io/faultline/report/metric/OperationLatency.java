package io.faultline.report.metric;

import io.faultline.model.observation.Observed.OperationCompleted;

import java.util.List;

/// How long operations take, from their arrival at the partition, time in its queue included. Those
/// that are rejected or lost have none.
public record OperationLatency() implements Latency {

    @Override
    public String description() {
        return "from the arrival of an operation to its completion";
    }

    @Override
    public List<Tag> tags() {
        return Tag.OF_PARTITION;
    }

    @Override
    public Fold<Samples> begin(Sieve sieve) {
        return Samples.collecting(
                OperationCompleted.class,
                (entry, seen) -> sieve.takes(entry, seen.partition()),
                OperationCompleted::latency);
    }
}
