package io.faultline.report.metric;

import io.faultline.model.observation.Observed.AlertRaised;

import java.util.List;

/// How often an alert was raised; one that goes on counts once.
public record AlertsRaised() implements Count {

    @Override
    public String description() {
        return "times an alert was raised";
    }

    @Override
    public List<Tag> tags() {
        return Tag.and(Tag.OF_RUN, Tag.RULE);
    }

    @Override
    public Fold<Tally> begin(Sieve sieve) {
        return Tally.counting(
                AlertRaised.class,
                (entry, seen) -> sieve.takes(entry) && sieve.is(Tag.RULE, seen.rule()));
    }
}
