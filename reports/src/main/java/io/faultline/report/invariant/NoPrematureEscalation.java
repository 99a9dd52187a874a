package io.faultline.report.invariant;

import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed.Escalated;
import io.faultline.model.observation.Observed.EscalationCause;
import io.faultline.report.Quantity;
import io.faultline.report.Truth;

import java.util.ArrayList;
import java.util.List;

/// A partition is left to an operator for want of a quorum only if there is none in truth. Broken
/// where partitions are counted as lost that are not: those that are merely suspected, or that were
/// never restored by the protocol although they are up.
public record NoPrematureEscalation() implements Promise {

    @Override
    public String description() {
        return "nothing is given up for want of a quorum while one is up in truth";
    }

    @Override
    public List<Violation> check(Trace trace, Rules rules) {
        var violations = new ArrayList<Violation>();
        var truth = new Truth();
        for (var entry : trace) {
            truth.see(entry);
            if (entry.what() instanceof Escalated(var partition, var cause)
                    && cause == EscalationCause.QUORUM_LOST
                    && truth.total() > 0
                    && rules.isQuorum(truth.up(), truth.total())) {
                violations.add(
                        new Violation(
                                entry,
                                partition
                                        + " was left to an operator although "
                                        + truth.up()
                                        + " of "
                                        + Quantity.count(truth.total(), "partition")
                                        + " were up"));
            }
        }
        return violations;
    }
}
