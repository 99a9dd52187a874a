package io.faultline.report.invariant;

import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed.OperationCompleted;
import io.faultline.model.observation.Observed.Paused;
import io.faultline.model.observation.Observed.Resumed;
import io.faultline.report.Quantity;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// No operation that arrived during a pause is accepted: when an operation completes, its latency
/// tells when it arrived. Arrivals at the very instants at which a pause begins or ends may fall on
/// either side.
public record NoOperationWhilePaused() implements Invariant {

    @Override
    public String description() {
        return "no operation is accepted during a pause";
    }

    @Override
    public List<Violation> check(Trace trace, Rules rules) {
        var violations = new ArrayList<Violation>();
        var endByStart = new TreeMap<Long, Long>();
        for (var entry : trace) {
            long now = entry.time().nanos();
            switch (entry.what()) {
                case Paused _ -> endByStart.put(now, Long.MAX_VALUE);
                case Resumed _ -> {
                    if (!endByStart.isEmpty()) {
                        endByStart.put(endByStart.lastKey(), now);
                    }
                }
                case OperationCompleted(var partition, var latency) -> {
                    long arrival = now - latency.toNanos();
                    var pause = endByStart.lowerEntry(arrival);
                    if (pause != null && arrival < pause.getValue()) {
                        violations.add(
                                new Violation(
                                        entry,
                                        partition
                                                + " completed an operation that came "
                                                + Quantity.time(arrival - pause.getKey())
                                                + " into a pause"));
                    }
                }
                default -> {}
            }
        }
        return violations;
    }
}
