package io.faultline.report.invariant;

import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed.LockReserved;
import io.faultline.model.observation.Observed.QuorumLost;
import io.faultline.model.observation.Observed.QuorumRestored;

import java.util.ArrayList;
import java.util.List;

/// No recovery is admitted between the loss of the quorum and its return (RS-25). One that was
/// admitted before and waits for its permit may still get it.
public record NoLockWithoutQuorum() implements Invariant {

    @Override
    public String description() {
        return "no recovery is admitted while there is no quorum";
    }

    @Override
    public List<Violation> check(Trace trace, Rules rules) {
        var violations = new ArrayList<Violation>();
        Trace.Entry lost = null;
        for (var entry : trace) {
            switch (entry.what()) {
                case QuorumLost _ -> lost = entry;
                case QuorumRestored _ -> lost = null;
                case LockReserved(var partition) -> {
                    if (lost != null) {
                        violations.add(
                                new Violation(
                                        entry,
                                        "a recovery of "
                                                + partition
                                                + " was admitted without the quorum lost at "
                                                + lost.time()));
                    }
                }
                default -> {}
            }
        }
        return violations;
    }
}
