package io.faultline.report.invariant;

import io.faultline.kernel.Trace;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.observation.Observed.EntitiesMoved;
import io.faultline.model.observation.Observed.PartitionPlaced;
import io.faultline.model.observation.Observed.PhaseEntered;
import io.faultline.model.observation.Observed.StatusChanged;
import io.faultline.model.recovery.RecoveryPhase;
import io.faultline.report.Quantity;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Entities only change their owner, so that each has exactly one: nobody gives away more of them
/// than it has, and who gets them is taken to be healthy or is being recovered itself. After its
/// entities were redistributed a partition owns nothing, if there was anybody to take them.
///
/// Where moving takes time, they change their owner at its end, and were promised at its beginning.
/// Who was healthy in between may be suspected by then, since suspicion is withdrawn as a rule and
/// moving them twice costs more; but not failed, for then somebody else gets them. Only those count
/// as anybody to take them who were healthy throughout. And if the partition was heard from, so
/// that it is healthy again while its own entities are moved, others may have given it some: it
/// keeps no more than those.
public record EntitiesConserved() implements Law {

    @Override
    public String description() {
        return "every entity has one owner, which is healthy or waits for its recovery";
    }

    @Override
    public List<Violation> check(Trace trace, Rules rules) {
        var check = new Check(rules);
        trace.forEach(check::see);
        return check.violations;
    }

    private static final class Check {
        final List<Violation> violations = new ArrayList<>();
        final Rules rules;
        final Belief belief;
        final Map<PartitionId, Long> owned = new HashMap<>();
        final Map<PartitionId, RecoveryPhase> phases = new HashMap<>();
        // Of each redistribution, who has been healthy at some time, and who all the time.
        final Map<PartitionId, Set<PartitionId>> candidates = new HashMap<>();
        final Map<PartitionId, Set<PartitionId>> heirs = new HashMap<>();
        // What others gave to a partition since its redistribution began.
        final Map<PartitionId, Long> gained = new HashMap<>();
        // Who was not taken to be failed when that was.
        final Set<PartitionId> takingPart = new HashSet<>();

        Check(Rules rules) {
            this.rules = rules;
            belief = new Belief(rules.census());
        }

        void see(Trace.Entry entry) {
            belief.see(entry);
            switch (entry.what()) {
                case PartitionPlaced placed ->
                        owned.put(placed.partition(), (long) placed.entities());
                case PhaseEntered(var partition, var phase, var attempt) -> {
                    phases.put(partition, phase);
                    if (phase == RecoveryPhase.REDISTRIBUTING) {
                        heirs.put(partition, healthyBut(partition));
                        candidates.put(partition, healthyBut(partition));
                        gained.put(partition, 0L);
                        if (belief.isFailed(partition)) {
                            takingPart.remove(partition);
                        } else {
                            takingPart.add(partition);
                        }
                    } else if (phase == RecoveryPhase.REBALANCING && rules.movesEntities(attempt)) {
                        checkMoved(entry, partition);
                    }
                }
                case StatusChanged change when change.to() == PartitionStatus.HEALTHY ->
                        candidates.values().forEach(those -> those.add(change.partition()));
                case StatusChanged change ->
                        heirs.values().forEach(those -> those.remove(change.partition()));
                // A trace of a part of the system, such as recoveries alone, places no partitions.
                case EntitiesMoved moved when !owned.isEmpty() -> move(entry, moved);
                default -> {}
            }
        }

        void checkMoved(Trace.Entry entry, PartitionId partition) {
            boolean mayOwn = rules.movingTakesTime() && takingPart.contains(partition);
            long given = rules.movingTakesTime() ? gained.getOrDefault(partition, 0L) : 0;
            long left = owned.getOrDefault(partition, 0L) - given;
            if (left > 0 && !mayOwn && hasHeirs(partition)) {
                add(
                        entry,
                        partition
                                + " still owns "
                                + Quantity.count(left, "entity")
                                + " that had to move");
            }
        }

        void move(Trace.Entry entry, EntitiesMoved moved) {
            var from = moved.from();
            var to = moved.to();
            long before = owned.getOrDefault(from, 0L);
            if (moved.entities() < 0 || moved.entities() > before || !owned.containsKey(to)) {
                add(
                        entry,
                        from
                                + " gave "
                                + Quantity.count(moved.entities(), "entity")
                                + " to "
                                + to
                                + ", but had "
                                + before);
            } else if (!mayTake(from, to) && phases.get(to) != RecoveryPhase.REBALANCING) {
                add(entry, to + " was given entities while it was " + belief.status(to));
            }
            owned.merge(from, -(long) moved.entities(), Long::sum);
            owned.merge(to, (long) moved.entities(), Long::sum);
            gained.merge(to, (long) moved.entities(), Long::sum);
        }

        boolean mayTake(PartitionId from, PartitionId to) {
            return switch (belief.status(to)) {
                case HEALTHY -> true;
                case SUSPECTED -> rules.movingTakesTime() && wasPromised(from, to);
                case FAILED -> false;
            };
        }

        /// What a balancer promised, and when, nobody says.
        boolean wasPromised(PartitionId from, PartitionId to) {
            return phases.get(from) != RecoveryPhase.REDISTRIBUTING
                    || candidates.get(from).contains(to);
        }

        /// Where moving takes time, those count who were healthy for all of it.
        boolean hasHeirs(PartitionId partition) {
            return !(rules.movingTakesTime() && heirs.containsKey(partition)
                            ? heirs.get(partition)
                            : healthyBut(partition))
                    .isEmpty();
        }

        Set<PartitionId> healthyBut(PartitionId partition) {
            return belief.partitions().stream()
                    .filter(other -> !other.equals(partition))
                    .filter(other -> belief.status(other) == PartitionStatus.HEALTHY)
                    .collect(Collectors.toCollection(HashSet::new));
        }

        void add(Trace.Entry entry, String sentence) {
            violations.add(new Violation(entry, sentence));
        }
    }
}
