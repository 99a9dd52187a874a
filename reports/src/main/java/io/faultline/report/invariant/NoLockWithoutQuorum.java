package io.faultline.report.invariant;

import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed.LockReserved;
import io.faultline.report.Quantity;

import java.util.ArrayList;
import java.util.List;

/// No recovery is admitted while the partitions that are taken to be active are no quorum. One that
/// was admitted before and waits for its permit may still get it.
public record NoLockWithoutQuorum() implements Law {

    @Override
    public String description() {
        return "no recovery is admitted while there is no quorum";
    }

    @Override
    public List<Violation> check(Trace trace, Rules rules) {
        var violations = new ArrayList<Violation>();
        var belief = new Belief(rules.census());
        for (var entry : trace) {
            belief.see(entry);
            if (entry.what() instanceof LockReserved(var partition)
                    && belief.isKnown()
                    && !rules.isQuorum(belief.active(), belief.total())) {
                violations.add(
                        new Violation(
                                entry,
                                "a recovery of "
                                        + partition
                                        + " was admitted with "
                                        + belief.active()
                                        + " of "
                                        + Quantity.count(belief.total(), "partition")
                                        + " active"));
            }
        }
        return violations;
    }
}
