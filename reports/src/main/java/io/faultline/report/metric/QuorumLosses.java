package io.faultline.report.metric;

import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed;

/// How many failures met quorum state 3, so that not even the recoveries in progress would make a
/// quorum. The edges `quorum-lost` and `quorum-restored` are another matter.
public record QuorumLosses() implements Count {

    @Override
    public String description() {
        return "failures in quorum state 3";
    }

    @Override
    public Tally of(Trace trace) {
        long count = 0;
        for (var entry : trace) {
            if (entry.what() instanceof Observed.QuorumJudged seen && seen.state() == 3) {
                count++;
            }
        }
        return new Tally(count);
    }
}
