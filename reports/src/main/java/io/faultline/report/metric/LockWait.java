package io.faultline.report.metric;

import io.faultline.model.observation.Observed.LockGranted;

import java.util.List;

/// How long admitted recoveries wait for a permit. Those that give up waiting have none.
public record LockWait() implements Latency {

    @Override
    public String description() {
        return "from the reservation of the recovery lock to its permit";
    }

    @Override
    public List<Tag> tags() {
        return Tag.OF_FAULT;
    }

    @Override
    public Fold<Samples> begin(Sieve sieve) {
        return Samples.collecting(
                LockGranted.class,
                (entry, seen) -> sieve.takes(entry, seen.partition()),
                LockGranted::waited);
    }
}
