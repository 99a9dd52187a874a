package io.faultline.report.metric;

import io.faultline.model.observation.Observed;

import java.util.List;

/// How many recoveries were put off until there is a quorum (quorum state 2).
public record Queued() implements Count {

    @Override
    public String description() {
        return "recoveries put off until there is a quorum";
    }

    @Override
    public List<Tag> tags() {
        return Tag.OF_FAULT;
    }

    @Override
    public Fold<Tally> begin(Sieve sieve) {
        return Tally.counting(
                Observed.Queued.class, (entry, seen) -> sieve.takes(entry, seen.partition()));
    }
}
