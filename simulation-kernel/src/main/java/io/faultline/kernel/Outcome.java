package io.faultline.kernel;

/// How a run, or a part of one, came to its end.
///
/// @param ending why no further event was run
/// @param clock the virtual time at the end
/// @param events how many events have run since the start of the simulation
public record Outcome(Ending ending, SimTime clock, long events) {

    /// Why no further event was run.
    public enum Ending {
        /// No event was left.
        EXHAUSTED,
        /// Every event up to and including the end time has run, and later ones are pending.
        END_TIME,
        /// An event asked for it.
        STOPPED,
        /// Somebody outside the run asked for it.
        INTERRUPTED,
        /// The number of events that the run was allowed is used up.
        BUDGET
    }
}
