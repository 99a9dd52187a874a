package io.faultline.report.metric;

import io.faultline.model.observation.Observed.RoundBroken;

import java.util.List;

/// How many barrier rounds broke because somebody was missing.
public record RoundsBroken() implements Count {

    @Override
    public String description() {
        return "rounds whose deadline passed";
    }

    @Override
    public List<Tag> tags() {
        return Tag.OF_RUN;
    }

    @Override
    public Fold<Tally> begin(Sieve sieve) {
        return Tally.counting(RoundBroken.class, (entry, seen) -> sieve.takes(entry));
    }
}
