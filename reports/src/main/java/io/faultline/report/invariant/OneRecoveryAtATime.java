package io.faultline.report.invariant;

import io.faultline.kernel.Trace;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.observation.Observed.LockCollided;
import io.faultline.model.observation.Observed.LockGranted;
import io.faultline.model.observation.Observed.LockReleased;
import io.faultline.model.observation.Observed.LockReserved;
import io.faultline.model.observation.Observed.LockTimedOut;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// A partition has at most one recovery at a time: one reservation, and one permit on the strength
/// of it.
public record OneRecoveryAtATime() implements Law {

    @Override
    public String description() {
        return "a partition has at most one recovery at a time";
    }

    @Override
    public List<Violation> check(Trace trace, Rules rules) {
        var violations = new ArrayList<Violation>();
        var waiting = new HashSet<PartitionId>();
        var holding = new HashSet<PartitionId>();
        for (var entry : trace) {
            switch (entry.what()) {
                case LockReserved(var partition) -> {
                    if (holding.contains(partition) || !waiting.add(partition)) {
                        violations.add(
                                new Violation(
                                        entry,
                                        "a second recovery of " + partition + " was admitted"));
                    }
                }
                case LockGranted(var partition, _) -> {
                    boolean reserved = waiting.remove(partition);
                    if (!holding.add(partition) || !reserved) {
                        violations.add(
                                new Violation(
                                        entry,
                                        partition + " got a permit that was not reserved for it"));
                    }
                }
                case LockReleased(var partition) -> {
                    waiting.remove(partition);
                    holding.remove(partition);
                }
                case LockTimedOut(var partition) -> waiting.remove(partition);
                case LockCollided(var partition, _) -> waiting.remove(partition);
                default -> {}
            }
        }
        return violations;
    }
}
