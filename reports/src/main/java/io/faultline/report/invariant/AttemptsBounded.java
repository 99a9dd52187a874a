package io.faultline.report.invariant;

import io.faultline.kernel.Trace;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.observation.Observed.ActionTaken;
import io.faultline.model.observation.Observed.AttemptFinished;
import io.faultline.model.observation.Observed.AttemptRestarted;
import io.faultline.model.observation.Observed.LockGranted;
import io.faultline.model.observation.Observed.StatusChanged;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;

/// A recovery makes no more attempts than the protocol allows before it is left to an operator. The
/// count starts anew when the status of the partition changes while no attempt is under way, and
/// when an operator asks for another recovery of it; an attempt that is under way goes on, and
/// those that follow count on. One that an operator has broken off is replaced by the next at once,
/// which may be one more than there are, if it was the last.
public record AttemptsBounded() implements Law {

    @Override
    public String description() {
        return "a recovery makes no more attempts than the protocol allows";
    }

    @Override
    public List<Violation> check(Trace trace, Rules rules) {
        var violations = new ArrayList<Violation>();
        var finished = new HashMap<PartitionId, Integer>();
        var replacement = new HashMap<PartitionId, Integer>();
        var underWay = new HashSet<PartitionId>();
        for (var entry : trace) {
            switch (entry.what()) {
                case LockGranted granted -> underWay.add(granted.partition());
                case AttemptFinished attempt -> {
                    underWay.remove(attempt.partition());
                    int attempts = finished.merge(attempt.partition(), 1, Integer::sum);
                    int number = Math.max(attempts, attempt.attempt());
                    var replaces = replacement.remove(attempt.partition());
                    boolean right =
                            number <= rules.maxAttempts()
                                    || attempts <= rules.maxAttempts()
                                            && Objects.equals(replaces, number);
                    if (!right) {
                        violations.add(
                                new Violation(
                                        entry,
                                        attempt.partition()
                                                + " made attempt "
                                                + number
                                                + " of "
                                                + rules.maxAttempts()));
                    }
                }
                case AttemptRestarted restart ->
                        replacement.put(restart.partition(), restart.attempt() + 1);
                case StatusChanged change when !underWay.contains(change.partition()) ->
                        finished.remove(change.partition());
                case ActionTaken action ->
                        finished.keySet().removeIf(id -> Operators.retry(action, id));
                default -> {}
            }
        }
        return violations;
    }
}
