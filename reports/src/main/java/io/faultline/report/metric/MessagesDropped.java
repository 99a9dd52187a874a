package io.faultline.report.metric;

import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed;

/// How many messages were lost, by chance, in a network split or at a node that was down.
public record MessagesDropped() implements Count {

    @Override
    public String description() {
        return "messages that were lost";
    }

    @Override
    public Tally of(Trace trace) {
        long count = 0;
        for (var entry : trace) {
            if (entry.what() instanceof Observed.MessageDropped) {
                count++;
            }
        }
        return new Tally(count);
    }
}
