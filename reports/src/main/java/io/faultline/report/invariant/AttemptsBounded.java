package io.faultline.report.invariant;

import io.faultline.kernel.Trace;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.observation.Observed.ActionTaken;
import io.faultline.model.observation.Observed.AttemptFinished;
import io.faultline.model.observation.Observed.StatusChanged;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/// A recovery makes no more attempts than the protocol allows before it is left to an operator
/// (RS-11). The count starts anew when the status of the partition changes and, since an operator
/// may ask for another recovery, when it is escalated.
public record AttemptsBounded() implements Law {

    @Override
    public String description() {
        return "a recovery makes no more attempts than the protocol allows";
    }

    @Override
    public List<Violation> check(Trace trace, Rules rules) {
        var violations = new ArrayList<Violation>();
        var finished = new HashMap<PartitionId, Integer>();
        for (var entry : trace) {
            switch (entry.what()) {
                case AttemptFinished attempt -> {
                    int attempts = finished.merge(attempt.partition(), 1, Integer::sum);
                    int number = Math.max(attempts, attempt.attempt());
                    if (number > rules.maxAttempts()) {
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
                case StatusChanged change -> finished.remove(change.partition());
                // Whose recovery it is, an action says in words only.
                case ActionTaken(_, var kind, _) when kind.equals("operator-retry") ->
                        finished.clear();
                default -> {}
            }
        }
        return violations;
    }
}
