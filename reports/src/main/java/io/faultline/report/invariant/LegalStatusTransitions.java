package io.faultline.report.invariant;

import io.faultline.kernel.Trace;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.observation.Observed.StatusChanged;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/// The status of a partition starts as HEALTHY and goes only from HEALTHY to SUSPECTED, from
/// SUSPECTED to FAILED or back, and from FAILED to HEALTHY; each change starts where the last one
/// ended.
public record LegalStatusTransitions() implements Law {

    @Override
    public String description() {
        return "healthy → suspected → failed → healthy, or suspected → healthy";
    }

    @Override
    public List<Violation> check(Trace trace, Rules rules) {
        var violations = new ArrayList<Violation>();
        var status = new HashMap<PartitionId, PartitionStatus>();
        for (var entry : trace) {
            if (entry.what() instanceof StatusChanged(var partition, var from, var to, _)) {
                var before = status.put(partition, to);
                var expected = before == null ? PartitionStatus.HEALTHY : before;
                if (from != expected) {
                    violations.add(
                            new Violation(
                                    entry,
                                    partition + " left " + from + " although it was " + expected));
                } else if (!isLegal(from, to)) {
                    violations.add(
                            new Violation(entry, partition + " went from " + from + " to " + to));
                }
            }
        }
        return violations;
    }

    private static boolean isLegal(PartitionStatus from, PartitionStatus to) {
        return switch (from) {
            case HEALTHY -> to == PartitionStatus.SUSPECTED;
            case SUSPECTED -> to != PartitionStatus.SUSPECTED;
            case FAILED -> to == PartitionStatus.HEALTHY;
        };
    }
}
