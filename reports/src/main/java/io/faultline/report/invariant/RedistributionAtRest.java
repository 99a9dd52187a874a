package io.faultline.report.invariant;

import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed.PauseTimedOut;
import io.faultline.model.observation.Observed.PhaseEntered;
import io.faultline.model.observation.Observed.Resumed;
import io.faultline.model.recovery.RecoveryPhase;
import io.faultline.report.Quantity;

import java.util.ArrayList;
import java.util.List;

/// Entities are redistributed only when no operation is in flight. Broken where recoveries go ahead
/// when the time for operations in flight is over.
public record RedistributionAtRest() implements Promise {

    @Override
    public String description() {
        return "entities are redistributed only when no operation is in flight";
    }

    @Override
    public List<Violation> check(Trace trace, Rules rules) {
        var violations = new ArrayList<Violation>();
        PauseTimedOut inFlight = null;
        for (var entry : trace) {
            switch (entry.what()) {
                case PauseTimedOut timedOut -> inFlight = timedOut;
                case Resumed _ -> inFlight = null;
                case PhaseEntered(var partition, var phase, _)
                        when phase == RecoveryPhase.REDISTRIBUTING -> {
                    if (inFlight != null) {
                        violations.add(
                                new Violation(
                                        entry,
                                        "the entities of "
                                                + partition
                                                + " were redistributed although "
                                                + Quantity.count(inFlight.inFlight(), "partition")
                                                + " had not come to rest"));
                    }
                }
                default -> {}
            }
        }
        return violations;
    }
}
