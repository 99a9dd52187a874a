package io.faultline.report.invariant;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.Trace;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.cluster.StatusReason;
import io.faultline.model.detector.Healing;
import io.faultline.model.observation.Observed.PhaseEntered;
import io.faultline.model.observation.Observed.StatusChanged;
import io.faultline.model.recovery.RecoveryPhase;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/// A failed partition becomes healthy only at the instant at which a recovery is complete or an
/// operator says so, and because it was heard from only where the protocol says so. What a recovery
/// has completed it heals once; that the partition failed is older word than that, even if it comes
/// in at the very instant.
public record FailedLeavesByRecovery() implements Law {

    @Override
    public String description() {
        return "a failed partition becomes healthy only by a completed recovery or an operator";
    }

    @Override
    public List<Violation> check(Trace trace, Rules rules) {
        var violations = new ArrayList<Violation>();
        var completed = new HashMap<PartitionId, SimTime>();
        for (var entry : trace) {
            switch (entry.what()) {
                case PhaseEntered(var partition, var phase, _)
                        when phase == RecoveryPhase.COMPLETE ->
                        completed.put(partition, entry.time());
                case StatusChanged(var partition, var from, _, var reason)
                        when from == PartitionStatus.FAILED -> {
                    boolean recovered = entry.time().equals(completed.remove(partition));
                    if (reason == StatusReason.RECOVERED && !recovered) {
                        violations.add(
                                new Violation(
                                        entry,
                                        partition + " recovered although no recovery completed"));
                    } else if (!mayLeave(reason, rules.healing())) {
                        violations.add(
                                new Violation(entry, partition + " left FAILED by " + reason));
                    }
                }
                default -> {}
            }
        }
        return violations;
    }

    private static boolean mayLeave(StatusReason reason, Healing healing) {
        return switch (reason) {
            case RECOVERED, OPERATOR -> true;
            case HEARD -> healing == Healing.BY_HEARTBEAT;
            default -> false;
        };
    }
}
