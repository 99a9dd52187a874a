package io.faultline.report.metric;

import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed;

/// How often recoveries waited while nothing was left that could start them, once per episode.
public record Livelocks() implements Count {

    @Override
    public String description() {
        return "times recoveries waited for what could not happen";
    }

    @Override
    public Tally of(Trace trace) {
        long count = 0;
        for (var entry : trace) {
            if (entry.what() instanceof Observed.Livelock) {
                count++;
            }
        }
        return new Tally(count);
    }
}
