package io.faultline.report.invariant;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed.QuorumJudged;
import io.faultline.model.observation.Observed.QuorumLost;
import io.faultline.model.observation.Observed.QuorumRestored;
import io.faultline.model.quorum.Quorum;

import java.util.ArrayList;
import java.util.List;

/// What is said of the quorum agrees with the statuses of the partitions: how many are active, and
/// what follows from that (RS-3, RS-6).
public record QuorumJudgedRight() implements Law {

    @Override
    public String description() {
        return "what is said of the quorum agrees with the statuses of the partitions";
    }

    @Override
    public List<Violation> check(Trace trace, Rules rules) {
        var violations = new ArrayList<Violation>();
        var quorum = rules.quorum();
        var belief = new Belief();
        boolean said = true;
        var last = SimTime.ZERO;
        for (var entry : trace) {
            if (entry.time().isAfter(last)) {
                boolean holds = quorum.holds(belief.active(), belief.total());
                if (belief.total() > 0 && said != holds) {
                    violations.add(
                            new Violation(
                                    entry,
                                    "nobody said at "
                                            + last
                                            + " that the quorum was "
                                            + (holds ? "restored" : "lost")));
                    said = holds;
                }
                last = entry.time();
            }
            belief.see(entry);
            switch (entry.what()) {
                case QuorumJudged(_, var state, var active, var inProgress, var total) -> {
                    count(entry, active, total, belief, violations);
                    int right = state(quorum, active, inProgress, total);
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
                    edge(entry, false, quorum.holds(active, total), violations);
                }
                case QuorumRestored(var active, var total) -> {
                    said = true;
                    count(entry, active, total, belief, violations);
                    edge(entry, true, quorum.holds(active, total), violations);
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
            Trace.Entry entry, int active, int total, Belief belief, List<Violation> violations) {
        // A trace of a part of the system, such as a lock alone, places no partitions.
        if (belief.total() > 0 && (total != belief.total() || active != belief.active())) {
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
