package io.faultline.report.metric;

import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed;

import java.util.List;

/// How many messages were lost, by chance, in a network split or at a node that was down.
public record MessagesDropped() implements Count {

    @Override
    public String description() {
        return "messages that were lost";
    }

    @Override
    public List<Tag> tags() {
        return Tag.OF_MESSAGE;
    }

    @Override
    public Tally of(Trace trace, Sieve sieve) {
        long count = 0;
        for (var entry : trace) {
            if (entry.what() instanceof Observed.MessageDropped seen
                    && sieve.takes(entry, seen.message())) {
                count++;
            }
        }
        return new Tally(count);
    }
}
