package io.faultline.report.metric;

import io.faultline.model.observation.Observed.Escalated;

import java.util.List;

/// How often a partition was left to an operator.
public record Escalations() implements Count {

    @Override
    public String description() {
        return "partitions left to an operator";
    }

    @Override
    public List<Tag> tags() {
        return Tag.and(Tag.OF_FAULT, Tag.ESCALATION);
    }

    @Override
    public Fold<Tally> begin(Sieve sieve) {
        return Tally.counting(
                Escalated.class,
                (entry, seen) ->
                        sieve.takes(entry, seen.partition())
                                && sieve.is(Tag.ESCALATION, seen.cause()));
    }
}
