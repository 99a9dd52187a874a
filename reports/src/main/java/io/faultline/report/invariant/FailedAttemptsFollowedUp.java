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
        var belief = new Belief();
        var open = new TreeMap<PartitionId, Integer>();
        var last = SimTime.ZERO;
        for (var entry : trace) {
            if (entry.time().isAfter(last)) {
                open.forEach((partition, attempt) ->
                        violations.add(
                                new Violation(
                                        entry,
                                        "nothing followed the failed attempt "
                                                + attempt
                                                + " of "
                                                + partition)));
                open.clear();
                last = entry.time();
            }
            belief.see(entry);
            switch (entry.what()) {
                case AttemptFinished(var partition, var attempt, var succeeded, _) -> {
                    if (!succeeded && belief.isFailed(partition)) {
                        open.put(partition, attempt);
                    }
                }
                case RetryScheduled(var partition, var attempt, _) -> {
                    var failed = open.remove(partition);
                    if (failed == null || failed != attempt || attempt >= rules.maxAttempts()) {
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
                    if (failed == null || failed < rules.maxAttempts()) {
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
        return violations;
    }
}
