package io.faultline.report.invariant;

import io.faultline.kernel.Trace;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.observation.Observed.EntitiesMoved;
import io.faultline.model.observation.Observed.PartitionPlaced;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Entities only change their owner: nobody gives away more of them than it has, and only owners
/// take part.
public record EntitiesConserved() implements Invariant {

    @Override
    public String description() {
        return "nobody gives away more entities than it has";
    }

    @Override
    public List<Violation> check(Trace trace, Rules rules) {
        var violations = new ArrayList<Violation>();
        Map<PartitionId, Long> owned = new HashMap<>();
        for (var entry : trace) {
            switch (entry.what()) {
                case PartitionPlaced placed ->
                        owned.put(placed.partition(), (long) placed.entities());
                // A trace of a part of the system, such as recoveries alone, places no partitions.
                case EntitiesMoved(var from, var to, var entities) when !owned.isEmpty() -> {
                    long before = owned.getOrDefault(from, 0L);
                    if (entities < 0 || entities > before || !owned.containsKey(to)) {
                        violations.add(
                                new Violation(
                                        entry,
                                        from
                                                + " gave "
                                                + entities
                                                + " entities to "
                                                + to
                                                + ", but had "
                                                + before));
                    }
                    owned.merge(from, -(long) entities, Long::sum);
                    owned.merge(to, (long) entities, Long::sum);
                }
                default -> {}
            }
        }
        return violations;
    }
}
