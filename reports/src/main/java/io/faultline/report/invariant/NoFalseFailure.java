package io.faultline.report.invariant;

import io.faultline.kernel.Trace;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.observation.Observed.StatusChanged;
import io.faultline.report.Truth;

import java.util.ArrayList;
import java.util.List;

/// A partition is declared failed only if it is out of reach in truth, or if the script of the
/// scenario plays that it is. Broken by detectors that are less patient than the network is slow.
public record NoFalseFailure() implements Promise {

    @Override
    public String description() {
        return "no partition is declared failed that is up in truth";
    }

    @Override
    public List<Violation> check(Trace trace, Rules rules) {
        var violations = new ArrayList<Violation>();
        var truth = new Truth();
        for (var entry : trace) {
            truth.see(entry);
            if (entry.what() instanceof StatusChanged change
                    && change.to() == PartitionStatus.FAILED
                    && truth.onset(change).isEmpty()) {
                violations.add(
                        new Violation(
                                entry,
                                change.partition() + " was declared failed although it was up"));
            }
        }
        return violations;
    }
}
