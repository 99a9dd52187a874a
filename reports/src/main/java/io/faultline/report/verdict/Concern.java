package io.faultline.report.verdict;

/// What an expectation is about; it decides about the exit code.
public enum Concern {
    /// Something bad never happens.
    SAFETY,
    /// Something good happens in the end.
    LIVENESS,
    /// A number stays within its bounds.
    THRESHOLD,
    /// The run has exercised what it was made for.
    COVERAGE,
    /// The run has gone on to its end.
    COMPLETION
}
