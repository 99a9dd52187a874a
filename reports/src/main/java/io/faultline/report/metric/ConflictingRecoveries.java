package io.faultline.report.metric;

import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed.ViewJudged;
import io.faultline.report.Handlers;

/// How often a handler would have recovered a partition which was up and which somebody to whom he
/// could not talk had not given up.
public record ConflictingRecoveries() implements Count {

    @Override
    public String description() {
        return "recoveries that a handler would have made of partitions of the other side";
    }

    @Override
    public Tally of(Trace trace) {
        long count = 0;
        var handlers = new Handlers();
        for (var entry : trace) {
            handlers.see(entry);
            if (entry.what() instanceof ViewJudged judged
                    && judged.state() == 1
                    && handlers.belongsToAnother(judged.partition(), entry.actor())) {
                count++;
            }
        }
        return new Tally(count);
    }
}
