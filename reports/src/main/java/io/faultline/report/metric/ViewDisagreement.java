package io.faultline.report.metric;

import io.faultline.kernel.Trace;
import io.faultline.report.Handlers;
import io.faultline.report.Handlers.Pair;

import java.util.HashSet;

/// How often two handlers came to believe different things of the partitions; what they disagree
/// about within one instant does not count.
public record ViewDisagreement() implements Count {

    @Override
    public String description() {
        return "times two handlers came to believe different things";
    }

    @Override
    public Tally of(Trace trace) {
        var count = new long[1];
        var disagreeing = new HashSet<Pair>();
        Handlers.follow(
                trace,
                (handlers, _) -> {
                    for (var pair : handlers.pairs()) {
                        if (!handlers.disagree(pair)) {
                            disagreeing.remove(pair);
                        } else if (disagreeing.add(pair)) {
                            count[0]++;
                        }
                    }
                });
        return new Tally(count[0]);
    }
}
