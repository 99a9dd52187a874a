package io.faultline.report.metric;

import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed;

/// How many messages arrived.
public record MessagesDelivered() implements Count {

    @Override
    public String description() {
        return "messages that arrived";
    }

    @Override
    public Tally of(Trace trace) {
        long count = 0;
        for (var entry : trace) {
            if (entry.what() instanceof Observed.MessageDelivered) {
                count++;
            }
        }
        return new Tally(count);
    }
}
