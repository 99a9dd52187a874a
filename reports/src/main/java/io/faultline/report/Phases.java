package io.faultline.report;

import io.faultline.kernel.SimTime;

/// The four parts of a run: warm-up until `chaos`, faults until `quiet`, time to settle until
/// `verify`, and time to stay settled until `end`. Parts may be empty.
public record Phases(SimTime chaos, SimTime quiet, SimTime verify, SimTime end) {

    public Phases {
        if (chaos.isAfter(quiet) || quiet.isAfter(verify) || verify.isAfter(end)) {
            throw new IllegalArgumentException(
                    "chaos, quiet, verify and end must follow each other, but are at "
                            + chaos
                            + ", "
                            + quiet
                            + ", "
                            + verify
                            + " and "
                            + end);
        }
    }

    /// A run without a phase to verify.
    public Phases(SimTime chaos, SimTime quiet, SimTime end) {
        this(chaos, quiet, end, end);
    }

    /// No warm-up, and no time to settle.
    public static Phases chaosUntil(SimTime end) {
        return new Phases(SimTime.ZERO, end, end);
    }

    /// Whether there is a phase to verify.
    public boolean verifies() {
        return verify.isBefore(end);
    }
}
