package io.faultline.report.metric;

import io.faultline.model.observation.Observed.LateHeartbeat;

import java.util.List;

/// How many heartbeats came from partitions that were taken to be down.
public record LateHeartbeats() implements Count {

    @Override
    public String description() {
        return "heartbeats from partitions taken to be down";
    }

    @Override
    public List<Tag> tags() {
        return Tag.OF_FAULT;
    }

    @Override
    public Fold<Tally> begin(Sieve sieve) {
        return Tally.counting(
                LateHeartbeat.class, (entry, seen) -> sieve.takes(entry, seen.partition()));
    }
}
