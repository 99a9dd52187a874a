package io.faultline.report.metric;

import io.faultline.model.observation.Observed.MessageDropped;

import java.util.List;

/// How many messages were lost, by chance, in a network split or at a node that was down.
public record MessagesDropped() implements Count {

    @Override
    public String description() {
        return "messages that were lost";
    }

    @Override
    public List<Tag> tags() {
        return Tag.and(Tag.OF_MESSAGE, Tag.LOSS);
    }

    @Override
    public Fold<Tally> begin(Sieve sieve) {
        return Tally.counting(
                MessageDropped.class,
                (entry, seen) ->
                        sieve.takes(entry, seen.message(), seen.from(), seen.to())
                                && sieve.is(Tag.LOSS, seen.cause()));
    }
}
