package io.faultline.report.invariant;

import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed.LockGranted;
import io.faultline.report.Quantity;
import io.faultline.report.Truth;

import java.util.ArrayList;
import java.util.List;

/// A recovery begins only while as many partitions are up in truth as the quorum asks for. Broken
/// by failures that the coordinator has not noticed yet, and by recoveries that were admitted while
/// there was a quorum and get their turn when there is none.
public record QuorumInTruth() implements Promise {

    @Override
    public String description() {
        return "recoveries begin only while a quorum is up in truth";
    }

    @Override
    public List<Violation> check(Trace trace, Rules rules) {
        var violations = new ArrayList<Violation>();
        var truth = new Truth();
        for (var entry : trace) {
            truth.see(entry);
            if (entry.what() instanceof LockGranted(var partition, _)
                    && truth.total() > 0
                    && !rules.isQuorum(truth.up(), truth.total())) {
                violations.add(
                        new Violation(
                                entry,
                                "a recovery of "
                                        + partition
                                        + " began with "
                                        + truth.up()
                                        + " of "
                                        + Quantity.count(truth.total(), "partition")
                                        + " up"));
            }
        }
        return violations;
    }
}
