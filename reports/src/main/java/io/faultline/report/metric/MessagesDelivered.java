package io.faultline.report.metric;

import io.faultline.model.observation.Observed.MessageDelivered;

import java.util.List;

/// How many messages arrived.
public record MessagesDelivered() implements Count {

    @Override
    public String description() {
        return "messages that arrived";
    }

    @Override
    public List<Tag> tags() {
        return Tag.OF_MESSAGE;
    }

    @Override
    public Fold<Tally> begin(Sieve sieve) {
        return Tally.counting(
                MessageDelivered.class,
                (entry, seen) -> sieve.takes(entry, seen.message(), seen.from(), seen.to()));
    }
}
