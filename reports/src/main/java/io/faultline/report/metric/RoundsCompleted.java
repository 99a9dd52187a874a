package io.faultline.report.metric;

import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed;

/// How many barrier rounds were completed.
public record RoundsCompleted() implements Count {

    @Override
    public String description() {
        return "rounds that everybody reached in time";
    }

    @Override
    public Tally of(Trace trace) {
        long count = 0;
        for (var entry : trace) {
            if (entry.what() instanceof Observed.RoundCompleted) {
                count++;
            }
        }
        return new Tally(count);
    }
}
