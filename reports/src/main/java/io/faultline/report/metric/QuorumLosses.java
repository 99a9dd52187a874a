package io.faultline.report.metric;

import io.faultline.model.observation.Observed.QuorumJudged;

import java.util.List;

/// How many failures met quorum state 3, so that not even the recoveries in progress would make a
/// quorum. The edges `quorum-lost` and `quorum-restored` are another matter.
public record QuorumLosses() implements Count {

    @Override
    public String description() {
        return "failures in quorum state 3";
    }

    @Override
    public List<Tag> tags() {
        return Tag.OF_FAULT;
    }

    @Override
    public Fold<Tally> begin(Sieve sieve) {
        return Tally.counting(
                QuorumJudged.class,
                (entry, seen) -> seen.state() == 3 && sieve.takes(entry, seen.partition()));
    }
}
