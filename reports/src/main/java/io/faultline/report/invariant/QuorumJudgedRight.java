package io.faultline.report.invariant;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed.QuorumJudged;
import io.faultline.model.observation.Observed.QuorumLost;
import io.faultline.model.observation.Observed.QuorumRestored;
import io.faultline.model.observation.Observed.StatusChanged;

import java.util.ArrayList;
import java.util.List;

/// What is said of the quorum agrees with the statuses of the partitions: how many are active, and
/// what follows from that.
public record QuorumJudgedRight() implements Law {

    @Override
    public String description() {
        return "what is said of the quorum agrees with the statuses of the partitions";
    }

    @Override
    public List<Violation> check(Trace trace, Rules rules) {
        var violations = new ArrayList<Violation>();
        var belief = new Belief(rules.census());
        boolean said = true;
        Trace.Entry changed = null;
        var last = SimTime.ZERO;
        for (var entry : trace) {
            if (entry.time().isAfter(last)) {
                said = silence(changed, said, belief, rules, violations);
                last = entry.time();
            }
            belief.see(entry);
            switch (entry.what()) {
                case StatusChanged _ -> changed = entry;
                case QuorumJudged(_, var state, var active, var inProgress, var total) -> {
                    count(entry, active, total, belief, violations);
                    int right = state(rules, active, inProgress, total);
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
                    said = false;
                    count(entry, active, total, belief, violations);
                    edge(entry, false, rules.isQuorum(active, total), violations);
                }
                case QuorumRestored(var active, var total) -> {
                    said = true;
                    count(entry, active, total, belief, violations);
                    edge(entry, true, rules.isQuorum(active, total), violations);
                }
                default -> {}
            }
        }
        silence(changed, said, belief, rules, violations);
        return violations;
    }

    /// The instant of a change of mind is over; what it means for the quorum must have been said.
    ///
    /// @return what must have been said
    private static boolean silence(
            Trace.Entry changed,
            boolean said,
            Belief belief,
            Rules rules,
            List<Violation> violations) {
        boolean holds = rules.isQuorum(belief.active(), belief.total());
        if (!belief.isKnown() || changed == null || said == holds) {
            return said;
        }
        violations.add(
                new Violation(
                        changed,
                        "nobody said that the quorum was " + (holds ? "restored" : "lost")));
        return holds;
    }

    private static int state(Rules rules, int active, int inProgress, int total) {
        if (rules.isQuorum(active, total)) {
            return 1;
        }
        return rules.isQuorum(active + inProgress, total) ? 2 : 3;
    }

    private static void count(
            Trace.Entry entry, int active, int total, Belief belief, List<Violation> violations) {
        // A trace of a part of the system, such as a lock alone, places no partitions.
        if (belief.isKnown() && (total != belief.total() || active != belief.active())) {
            violations.add(
                    new Violation(
                            entry,
                            active
                                    + " of "
                                    + total
                                    + " partitions were counted as active, but "
                                    + belief.active()
                                    + " of "
                                    + belief.total()
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
