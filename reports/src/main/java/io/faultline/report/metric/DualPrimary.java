package io.faultline.report.metric;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.Trace;
import io.faultline.report.Handlers;
import io.faultline.report.Handlers.Pair;

import java.util.LinkedHashMap;

/// How long two handlers who could not talk to each other both took themselves for the quorum, each
/// having given up a partition that the other had not. What lasts to the end of the run counts up
/// to its last observation: it must not be missed.
public record DualPrimary() implements Latency {

    @Override
    public String description() {
        return "from when two handlers both act as the quorum to when one does not, or they meet";
    }

    @Override
    public Samples of(Trace trace) {
        var samples = new Samples();
        var since = new LinkedHashMap<Pair, SimTime>();
        var last = new SimTime[] {SimTime.ZERO};
        Handlers.follow(
                trace,
                (handlers, now) -> {
                    last[0] = now;
                    for (var pair : handlers.pairs()) {
                        if (handlers.areBothPrimary(pair)) {
                            since.putIfAbsent(pair, now);
                        } else if (since.containsKey(pair)) {
                            samples.add(now.since(since.remove(pair)).toNanos());
                        }
                    }
                });
        since.values().forEach(from -> samples.add(last[0].since(from).toNanos()));
        return samples;
    }
}
