package io.faultline.report.metric;

import io.faultline.kernel.Trace;
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
        return Tag.OF_PARTITION;
    }

    @Override
    public Samples of(Trace trace, Sieve sieve) {
        var samples = new Samples();
        for (var entry : trace) {
            if (entry.what() instanceof LockGranted seen && sieve.takes(entry, seen.partition())) {
                samples.add(seen.waited().toNanos());
            }
        }
        return samples;
    }
}
