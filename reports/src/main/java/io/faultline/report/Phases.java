package io.faultline.report;

import io.faultline.kernel.SimTime;

/// The three parts of a run: warm-up until `chaos`, faults until `quiet`, and time to settle until
/// `end`. Parts may be empty.
public record Phases(SimTime chaos, SimTime quiet, SimTime end) {

    public Phases {
        if (chaos.isAfter(quiet) || quiet.isAfter(end)) {
            throw new IllegalArgumentException(
                    "chaos, quiet and end must follow each other, but are at "
                            + chaos
                            + ", "
                            + quiet
                            + " and "
                            + end);
        }
    }

    /// No warm-up, and no time to settle.
    public static Phases chaosUntil(SimTime end) {
        return new Phases(SimTime.ZERO, end, end);
    }
}
