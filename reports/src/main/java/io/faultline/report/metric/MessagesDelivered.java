package io.faultline.report.metric;

import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed;

import java.util.List;

/// How many messages arrived.
public record MessagesDelivered() implements Count {

    @Override
    public String description() {
        return "messages that arrived";
    }

    @Override
    public List<Tag> tags() {
        return Tag.OF_MESSAGE;
    }

    @Override
    public Tally of(Trace trace, Sieve sieve) {
        long count = 0;
        for (var entry : trace) {
            if (entry.what() instanceof Observed.MessageDelivered seen
                    && sieve.takes(entry, seen.message())) {
                count++;
            }
        }
        return new Tally(count);
    }
}
