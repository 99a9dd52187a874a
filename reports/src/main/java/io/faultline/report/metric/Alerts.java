package io.faultline.report.metric;

import io.faultline.model.observation.Observed.AlertFired;

import java.util.List;

/// How often a monitor found a limit exceeded: every rule counts at every poll.
public record Alerts() implements Count {

    @Override
    public String description() {
        return "limits exceeded, counted at every poll";
    }

    @Override
    public List<Tag> tags() {
        return Tag.and(Tag.OF_RUN, Tag.RULE);
    }

    @Override
    public Fold<Tally> begin(Sieve sieve) {
        return Tally.counting(
                AlertFired.class,
                (entry, seen) -> sieve.takes(entry) && sieve.is(Tag.RULE, seen.rule()));
    }
}
