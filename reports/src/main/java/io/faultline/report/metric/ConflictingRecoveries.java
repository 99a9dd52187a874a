package io.faultline.report.metric;

import io.faultline.model.observation.Observed.ViewJudged;
import io.faultline.report.Handlers;

import java.util.List;

/// How often a handler would have recovered a partition which was up and which somebody to whom he
/// could not talk had not given up.
public record ConflictingRecoveries() implements Count {

    @Override
    public String description() {
        return "recoveries that a handler would have made of partitions of the other side";
    }

    @Override
    public List<Tag> tags() {
        return Tag.and(Tag.OF_PARTITION, Tag.HANDLER);
    }

    @Override
    public Fold<Tally> begin(Sieve sieve) {
        var count = new long[1];
        var handlers = new Handlers();
        return Fold.of(
                () -> new Tally(count[0]),
                entry -> {
                    handlers.see(entry);
                    if (entry.what() instanceof ViewJudged judged
                            && judged.state() == 1
                            && handlers.belongsToAnother(judged.partition(), entry.actor())
                            && sieve.takes(entry, judged.partition())
                            && sieve.is(Tag.HANDLER, entry.actor())) {
                        count[0]++;
                    }
                },
                Fold.kinds(Handlers.KINDS, ViewJudged.class));
    }
}
