package io.faultline.report.invariant;

import io.faultline.kernel.Trace;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.observation.Observed.EntitiesMoved;
import io.faultline.model.observation.Observed.PhaseEntered;
import io.faultline.model.recovery.RecoveryPhase;
import io.faultline.report.Quantity;
import io.faultline.report.Truth;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/// Entities are given only to partitions that are up in truth; the one that is being recovered gets
/// its share before it is started again. Broken where survivors fail unnoticed.
public record LiveOwners() implements Promise {

    @Override
    public String description() {
        return "entities are given only to partitions that are up in truth";
    }

    @Override
    public List<Violation> check(Trace trace, Rules rules) {
        var violations = new ArrayList<Violation>();
        var truth = new Truth();
        var phases = new HashMap<PartitionId, RecoveryPhase>();
        for (var entry : trace) {
            truth.see(entry);
            switch (entry.what()) {
                case PhaseEntered(var partition, var phase, _) -> phases.put(partition, phase);
                case EntitiesMoved(var from, var to, var entities) -> {
                    if (truth.isOut(to) && phases.get(to) != RecoveryPhase.REBALANCING) {
                        violations.add(
                                new Violation(
                                        entry,
                                        Quantity.count(entities, "entity")
                                                + " of "
                                                + from
                                                + " were given to "
                                                + to
                                                + ", which is down"));
                    }
                }
                default -> {}
            }
        }
        return violations;
    }
}
