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
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;

/// What is said of the quorum agrees with the statuses of the partitions: how many are active, and
/// what follows from that.
public record QuorumJudgedRight() implements Invariant {

    @Override
    public String description() {
        return "what is said of the quorum agrees with the statuses of the partitions";
    }

    @Override
    public List<Violation> check(Trace trace, Rules rules) {
        var violations = new ArrayList<Violation>();
        var statuses = new HashMap<PartitionId, PartitionStatus>();
        for (var entry : trace) {
            switch (entry.what()) {
                case PartitionPlaced place ->
                        statuses.put(place.partition(), PartitionStatus.HEALTHY);
                case StatusChanged change -> statuses.put(change.partition(), change.to());
                case QuorumJudged(_, var state, var active, var inProgress, var total) -> {
                    count(entry, active, total, statuses.values(), rules, violations);
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
                    count(entry, active, total, statuses.values(), rules, violations);
                    edge(entry, false, holds(rules.quorum(), active, total), violations);
                }
                case QuorumRestored(var active, var total) -> {
                    count(entry, active, total, statuses.values(), rules, violations);
                    edge(entry, true, holds(rules.quorum(), active, total), violations);
                }
                default -> {}
            }
        }
        return violations;
    }

    private static int state(Quorum quorum, int active, int inProgress, int total) {
        if (holds(quorum, active, total)) {
            return 1;
        }
        return holds(quorum, active + inProgress, total) ? 2 : 3;
    }

    private static boolean holds(Quorum quorum, int active, int total) {
        return quorum.holds(active, Math.max(1, total));
    }

    private static void count(
            Trace.Entry entry,
            int active,
            int total,
            Collection<PartitionStatus> statuses,
            Rules rules,
            List<Violation> violations) {
        int suspected = Collections.frequency(statuses, PartitionStatus.SUSPECTED);
        int failed = Collections.frequency(statuses, PartitionStatus.FAILED);
        int rightActive = rules.census().active(statuses.size() - suspected - failed, suspected);
        int rightTotal = rules.census().total(statuses.size(), failed);
        // A trace of a part of the system, such as a lock alone, places no partitions.
        if (!statuses.isEmpty() && (total != rightTotal || active != rightActive)) {
            violations.add(
                    new Violation(
                            entry,
                            active
                                    + " of "
                                    + total
                                    + " partitions were counted as active, but "
                                    + rightActive
                                    + " of "
                                    + rightTotal
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
