package io.faultline.report.metric;

import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed;

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
        return Tag.OF_PARTITION;
    }

    @Override
    public Tally of(Trace trace, Sieve sieve) {
        long count = 0;
        for (var entry : trace) {
            if (entry.what() instanceof Observed.QuorumJudged seen
                    && seen.state() == 3
                    && sieve.takes(entry, seen.partition())) {
                count++;
            }
        }
        return new Tally(count);
    }
}
