package io.faultline.report.metric;

import io.faultline.kernel.SimTime;
import io.faultline.report.Handlers;
import io.faultline.report.Handlers.Pair;

import java.util.LinkedHashMap;
import java.util.List;

/// How long two handlers who could not talk to each other both took themselves for the quorum, each
/// having given up a partition that the other had not. What lasts to the end of the run counts up
/// to its last observation: it must not be missed.
public record DualPrimary() implements Latency {

    @Override
    public String description() {
        return "from when two handlers both act as the quorum to when one does not, or they meet";
    }

    @Override
    public List<Tag> tags() {
        return Tag.and(Tag.OF_RUN, Tag.HANDLERS);
    }

    @Override
    public Fold<Samples> begin(Sieve sieve) {
        var samples = new Samples();
        var since = new LinkedHashMap<Pair, SimTime>();
        var handlers =
                new SettledHandlers((all, now) -> {
                    for (var pair : all.pairs()) {
                        if (all.areBothPrimary(pair)) {
                            since.putIfAbsent(pair, now);
                        } else if (since.containsKey(pair)) {
                            add(samples, pair, since.remove(pair), now, sieve);
                        }
                    }
                });
        return Fold.of(
                () -> {
                    handlers.settle();
                    var soFar = Samples.merge(List.of(samples));
                    since.forEach((pair, from) -> add(soFar, pair, from, sieve.now(), sieve));
                    return soFar;
                },
                handlers::see,
                Handlers.KINDS);
    }

    private static void add(Samples samples, Pair pair, SimTime from, SimTime to, Sieve sieve) {
        if (sieve.takes(to) && sieve.is(Tag.HANDLERS, pair.toString())) {
            samples.add(to.since(from).toNanos());
        }
    }
}
