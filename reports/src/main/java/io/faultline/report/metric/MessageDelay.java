package io.faultline.report.metric;

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
    public Fold<Samples> begin(Sieve sieve) {
        return Samples.collecting(
                MessageDelivered.class,
                (entry, seen) -> sieve.takes(entry, seen.message(), seen.from(), seen.to()),
                MessageDelivered::delay);
    }
}
