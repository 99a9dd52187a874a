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

/// A recovery makes no more attempts than the protocol allows before it is left to an operator. The
/// count starts anew when the status of the partition changes while none is under way, and when an
/// operator asks for another recovery; one that an operator has broken off does not count.
public record AttemptsBounded() implements Law {

    @Override
    public String description() {
        return "a recovery makes no more attempts than the protocol allows";
    }

    @Override
    public List<Violation> check(Trace trace, Rules rules) {
        var violations = new ArrayList<Violation>();
        var finished = new HashMap<PartitionId, Integer>();
        var brokenOff = new HashMap<PartitionId, Integer>();
        var underWay = new HashSet<PartitionId>();
        for (var entry : trace) {
            switch (entry.what()) {
                case LockGranted granted -> underWay.add(granted.partition());
                case AttemptFinished attempt -> {
                    underWay.remove(attempt.partition());
                    int attempts = finished.merge(attempt.partition(), 1, Integer::sum);
                    int number = Math.max(attempts, attempt.attempt());
                    int more = brokenOff.getOrDefault(attempt.partition(), 0);
                    if (number > rules.maxAttempts() + more) {
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
                        brokenOff.merge(restart.partition(), 1, Integer::sum);
                case StatusChanged change when !underWay.contains(change.partition()) -> {
                    finished.remove(change.partition());
                    brokenOff.remove(change.partition());
                }
                // Whose recovery it is, an action says in words only.
                case ActionTaken(_, var kind, _) when kind.equals("operator-retry") ->
                        finished.clear();
                default -> {}
            }
        }
        return violations;
    }
}
