package io.faultline.report.metric;

import io.faultline.model.observation.Observed.RoundCompleted;

import java.util.List;

/// How many barrier rounds were completed.
public record RoundsCompleted() implements Count {

    @Override
    public String description() {
        return "rounds that everybody reached in time";
    }

    @Override
    public List<Tag> tags() {
        return Tag.OF_PARTITION;
    }

    @Override
    public Fold<Tally> begin(Sieve sieve) {
        return Tally.counting(
                RoundCompleted.class, (entry, seen) -> sieve.takes(entry, seen.last()));
    }
}
