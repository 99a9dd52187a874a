package io.faultline.report.invariant;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.Trace;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.observation.Observed.AttemptFinished;
import io.faultline.model.observation.Observed.Escalated;
import io.faultline.model.observation.Observed.EscalationCause;
import io.faultline.model.observation.Observed.RetryScheduled;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A failed attempt is followed by the wait for the next one; the last attempt that the protocol
/// allows is followed by an operator, and no other is. Both come at the same instant. Nothing needs
/// to follow if the partition is not taken to be failed any more.
public record FailedAttemptsFollowedUp() implements Law {

    @Override
    public String description() {
        return "a failed attempt is followed by another, the last one by an operator";
    }

    @Override
    public List<Violation> check(Trace trace, Rules rules) {
        var violations = new ArrayList<Violation>();
        var belief = new Belief(rules.census());
        var open = new TreeMap<PartitionId, Trace.Entry>();
        var last = SimTime.ZERO;
        for (var entry : trace) {
            if (entry.time().isAfter(last)) {
                forgotten(open, violations);
                last = entry.time();
            }
            belief.see(entry);
            switch (entry.what()) {
                case AttemptFinished(var partition, _, var succeeded, _) -> {
                    if (!succeeded && belief.isFailed(partition)) {
                        open.put(partition, entry);
                    }
                }
                case RetryScheduled(var partition, var attempt, _) -> {
                    var failed = open.remove(partition);
                    if (failed == null
                            || attempt(failed) != attempt
                            || attempt >= rules.maxAttempts()) {
                        violations.add(
                                new Violation(
                                        entry,
                                        "attempt "
                                                + attempt
                                                + " of "
                                                + partition
                                                + " is to be repeated, which is not its turn"));
                    }
                }
                case Escalated(var partition, var cause)
                        when cause == EscalationCause.RETRIES_EXHAUSTED -> {
                    var failed = open.remove(partition);
                    if (failed == null || attempt(failed) < rules.maxAttempts()) {
                        violations.add(
                                new Violation(
                                        entry,
                                        partition
                                                + " was given up before its last attempt had"
                                                + " failed"));
                    }
                }
                default -> {}
            }
        }
        forgotten(open, violations);
        return violations;
    }

    /// The instant of these failed attempts is over.
    private static void forgotten(Map<PartitionId, Trace.Entry> open, List<Violation> violations) {
        open.forEach((partition, entry) ->
                violations.add(
                        new Violation(
                                entry,
                                "nothing followed the failed attempt "
                                        + attempt(entry)
                                        + " of "
                                        + partition)));
        open.clear();
    }

    private static int attempt(Trace.Entry finished) {
        return ((AttemptFinished) finished.what()).attempt();
    }
}
