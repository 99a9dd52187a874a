package io.faultline.report.invariant;

import io.faultline.model.cluster.PartitionId;
import io.faultline.model.observation.Observed.ActionTaken;

import java.util.List;

/// What operators ask for. Whom an action concerns, it says in words only.
final class Operators {

    private Operators() {}

    /// Whether an operator asks for another recovery of a partition.
    static boolean retry(ActionTaken action, PartitionId partition) {
        return action.kind().equals("operator-retry")
                && List.of(action.detail().split("\\W+")).contains(partition.toString());
    }
}
