package io.faultline.model.quorum;

import io.faultline.model.detector.Suspicions;

/// Whether what one coordinator believes of the partitions makes a quorum.
///
/// @param suspicions what it believes
/// @param quorum how many must be active
/// @param census who is counted
public record Electorate(Suspicions suspicions, Quorum quorum, Census census) {

    /// How many partitions are active.
    public int active() {
        return census.active(suspicions.healthy(), suspicions.suspected());
    }

    /// Of how many.
    public int total() {
        return census.total(suspicions.total(), suspicions.failed());
    }

    /// Whether there is a quorum.
    public boolean isQuorate() {
        return holds(active());
    }

    /// What it means that one more partition has failed: 1, there is a quorum; 2, there would be
    /// one if the recoveries in progress were over; 3, not even then.
    public int state(int inProgress) {
        if (isQuorate()) {
            return 1;
        }
        return holds(active() + inProgress) ? 2 : 3;
    }

    /// When nobody is left in the view, the formulas are asked about a system of one.
    private boolean holds(int active) {
        return quorum.holds(active, Math.max(1, total()));
    }
}
