package io.faultline.report.metric;

import io.faultline.model.observation.Observed.RejoinAsked;

import java.util.List;

/// How often a partition was asked to join again, because it or something on which it depends came
/// back.
public record Rejoins() implements Count {

    @Override
    public String description() {
        return "times a partition was asked to join again";
    }

    @Override
    public List<Tag> tags() {
        return Tag.OF_FAULT;
    }

    @Override
    public Fold<Tally> begin(Sieve sieve) {
        return Tally.counting(
                RejoinAsked.class, (entry, seen) -> sieve.takes(entry, seen.partition()));
    }
}
