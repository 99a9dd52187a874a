package io.faultline.scenario.cli;

import io.faultline.scenario.campaign.RunRecord;

/// The exit codes beyond those of a verdict. They follow `sysexits.h` where it has one that fits.
///
/// A run ends with 0 if all expectations held, 1 if safety was violated, 2 if the run was
/// inconclusive, 3 if liveness was violated, and 4 if a threshold was; see
/// [io.faultline.report.verdict.Verdict].
final class Exit {

    static final int OK = 0;

    /// Nothing was put to the test, or there is nothing to explain.
    static final int NOTHING = 2;

    /// A run went differently a second time. Graver than anything that a run can find.
    static final int NOT_REPEATABLE = RunRecord.NOT_REPEATABLE;

    /// The command line makes no sense.
    static final int USAGE = 64;

    /// The scenario is wrong, or a file of results is damaged.
    static final int INVALID_SCENARIO = 65;

    /// There is no such scenario.
    static final int MISSING_SCENARIO = 66;

    /// A fault of our own, or of a class of the user's.
    static final int INTERNAL = 70;

    /// Results could not be written.
    static final int OUTPUT = 74;

    /// The run was interrupted; what there was until then is written.
    static final int INTERRUPTED = 130;

    private Exit() {}
}
