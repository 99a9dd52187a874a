package io.faultline.report.invariant;

import io.faultline.kernel.Trace;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.observation.Observed.PartitionPlaced;
import io.faultline.model.observation.Observed.QuorumJudged;
import io.faultline.model.observation.Observed.QuorumLost;
import io.faultline.model.observation.Observed.QuorumRestored;
import io.faultline.model.observation.Observed.StatusChanged;
import io.faultline.model.quorum.Quorum;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What is said of the quorum agrees with the statuses of the partitions: how many are active, and
/// what follows from that (RS-3, RS-6).
public record QuorumJudgedRight() implements Invariant {

    @Override
    public String description() {
        return "what is said of the quorum agrees with the statuses of the partitions";
    }

    @Override
    public List<Violation> check(Trace trace, Rules rules) {
        var violations = new ArrayList<Violation>();
        var placed = new HashSet<PartitionId>();
        var inactive = new HashSet<PartitionId>();
        for (var entry : trace) {
            switch (entry.what()) {
                case PartitionPlaced place -> placed.add(place.partition());
                case StatusChanged change -> {
                    if (change.to() == PartitionStatus.HEALTHY) {
                        inactive.remove(change.partition());
                    } else {
                        inactive.add(change.partition());
                    }
                }
                case QuorumJudged(_, var state, var active, var inProgress, var total) -> {
                    count(entry, active, total, placed, inactive, violations);
                    int right = state(rules.quorum(), active, inProgress, total);
                    if (state != right) {
                        violations.add(
                                new Violation(
                                        entry,
                                        "quorum state "
                                                + state
                                                + " was found with "
                                                + active
                                                + " active and "
                                                + inProgress
                                                + " in progress of "
                                                + total
                                                + ", which is state "
                                                + right));
                    }
                }
                case QuorumLost(var active, var total) -> {
                    count(entry, active, total, placed, inactive, violations);
                    edge(entry, false, rules.quorum().holds(active, total), violations);
                }
                case QuorumRestored(var active, var total) -> {
                    count(entry, active, total, placed, inactive, violations);
                    edge(entry, true, rules.quorum().holds(active, total), violations);
                }
                default -> {}
            }
        }
        return violations;
    }

    private static int state(Quorum quorum, int active, int inProgress, int total) {
        if (quorum.holds(active, total)) {
            return 1;
        }
        return quorum.holds(active + inProgress, total) ? 2 : 3;
    }

    private static void count(
            Trace.Entry entry,
            int active,
            int total,
            Set<PartitionId> placed,
            Set<PartitionId> inactive,
            List<Violation> violations) {
        int right = placed.size() - inactive.size();
        // A trace of a part of the system, such as a lock alone, places no partitions.
        if (!placed.isEmpty() && (total != placed.size() || active != right)) {
            violations.add(
                    new Violation(
                            entry,
                            active
                                    + " of "
                                    + total
                                    + " partitions were counted as active, but "
                                    + right
                                    + " of "
                                    + placed.size()
                                    + " were"));
        }
    }

    private static void edge(
            Trace.Entry entry, boolean claimed, boolean holds, List<Violation> violations) {
        if (claimed != holds) {
            violations.add(
                    new Violation(
                            entry,
                            "the quorum was taken for "
                                    + (claimed ? "restored" : "lost")
                                    + ", but it was not"));
        }
    }
}
