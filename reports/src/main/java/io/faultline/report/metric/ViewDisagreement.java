package io.faultline.report.metric;

import io.faultline.report.Handlers;
import io.faultline.report.Handlers.Pair;

import java.util.HashSet;
import java.util.List;

/// How often two handlers came to believe different things of the partitions; what they disagree
/// about within one instant does not count.
public record ViewDisagreement() implements Count {

    @Override
    public String description() {
        return "times two handlers came to believe different things";
    }

    @Override
    public List<Tag> tags() {
        return Tag.and(Tag.OF_RUN, Tag.HANDLERS);
    }

    @Override
    public Fold<Tally> begin(Sieve sieve) {
        var count = new long[1];
        var disagreeing = new HashSet<Pair>();
        var handlers =
                new SettledHandlers((all, now) -> {
                    for (var pair : all.pairs()) {
                        if (!all.disagree(pair)) {
                            disagreeing.remove(pair);
                        } else if (disagreeing.add(pair)
                                && sieve.takes(now)
                                && sieve.is(Tag.HANDLERS, pair.toString())) {
                            count[0]++;
                        }
                    }
                });
        return Fold.of(
                () -> {
                    handlers.settle();
                    return new Tally(count[0]);
                },
                handlers::see,
                Handlers.KINDS);
    }
}
