package io.faultline.report.invariant;

import io.faultline.kernel.Trace;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.observation.Observed.LockGranted;
import io.faultline.model.observation.Observed.LockReleased;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// No more recoveries hold a permit than there are permits.
public record MaxConcurrentRecoveries() implements Law {

    @Override
    public String description() {
        return "no more recoveries run at once than the protocol allows";
    }

    @Override
    public List<Violation> check(Trace trace, Rules rules) {
        var violations = new ArrayList<Violation>();
        var holding = new TreeSet<PartitionId>();
        for (var entry : trace) {
            switch (entry.what()) {
                case LockGranted granted -> {
                    holding.add(granted.partition());
                    if (holding.size() > rules.maxConcurrent()) {
                        violations.add(
                                new Violation(
                                        entry,
                                        "recoveries of "
                                                + holding
                                                + " run at once, but "
                                                + rules.maxConcurrent()
                                                + " may"));
                    }
                }
                case LockReleased released -> holding.remove(released.partition());
                default -> {}
            }
        }
        return violations;
    }
}
