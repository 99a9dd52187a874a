package io.faultline.report.invariant;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.Trace;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.observation.Observed.Drained;
import io.faultline.model.observation.Observed.Livelock;
import io.faultline.model.observation.Observed.LockRefused;
import io.faultline.model.observation.Observed.LockReserved;
import io.faultline.model.observation.Observed.Queued;
import io.faultline.model.observation.Observed.StatusChanged;
import io.faultline.report.Quantity;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// Nothing is lost from the queue of recoveries that were put off: who was queued is still there,
/// was drained, or became healthy without that, and that is what its depth says. Who is drained
/// asks for the lock at that instant, or is queued again.
public record QueueConserved() implements Law {

    @Override
    public String description() {
        return "whoever was queued is still there, was drained, or became healthy without that";
    }

    @Override
    public List<Violation> check(Trace trace, Rules rules) {
        var violations = new ArrayList<Violation>();
        var queue = new TreeSet<PartitionId>();
        var drained = new TreeMap<PartitionId, Trace.Entry>();
        var last = SimTime.ZERO;
        for (var entry : trace) {
            if (entry.time().isAfter(last)) {
                forgotten(drained, violations);
                last = entry.time();
            }
            switch (entry.what()) {
                case Queued(var partition, var depth) -> {
                    queue.add(partition);
                    drained.remove(partition);
                    count(entry, depth, queue.size(), violations);
                }
                case Drained(var count) -> {
                    count(entry, count, queue.size(), violations);
                    queue.forEach(partition -> drained.put(partition, entry));
                    queue.clear();
                }
                case Livelock(var depth) -> count(entry, depth, queue.size(), violations);
                case LockReserved(var partition) -> drained.remove(partition);
                case LockRefused(var partition, _) -> drained.remove(partition);
                case StatusChanged(var partition, var from, _, _)
                        when from == PartitionStatus.FAILED ->
                        queue.remove(partition);
                default -> {}
            }
        }
        forgotten(drained, violations);
        return violations;
    }

    /// The instant at which these were drained is over.
    private static void forgotten(
            Map<PartitionId, Trace.Entry> drained, List<Violation> violations) {
        drained.forEach((partition, entry) ->
                violations.add(
                        new Violation(
                                entry,
                                partition + " was drained, but its recovery was not started")));
        drained.clear();
    }

    private static void count(Trace.Entry entry, int said, int right, List<Violation> violations) {
        if (said != right) {
            violations.add(
                    new Violation(
                            entry,
                            Quantity.count(said, "recovery")
                                    + " said to be queued, but "
                                    + right
                                    + " were"));
        }
    }
}
