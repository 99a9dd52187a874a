package io.faultline.report.metric;

import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed;

/// How many recoveries were put off at most at one time.
public record PeakQueueDepth() implements Peak {

    @Override
    public String description() {
        return "the most recoveries that were put off at one time";
    }

    @Override
    public Most of(Trace trace) {
        long most = 0;
        for (var entry : trace) {
            if (entry.what() instanceof Observed.Queued seen) {
                most = Math.max(most, seen.depth());
            }
        }
        return new Most(most);
    }
}
