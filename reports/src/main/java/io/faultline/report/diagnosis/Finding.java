package io.faultline.report.diagnosis;

import io.faultline.kernel.SimTime;

import java.time.Duration;

/// One piece of trouble that was found in a run.
///
/// @param diagnosis the name of its kind
/// @param subtype which variety of it; empty if there is only one
/// @param certainty whether all that makes it was found
/// @param from when it began
/// @param to when it ended, or the run did
/// @param witness the index in the trace of the observation with which it began
/// @param sentence what was found, without a full stop
/// @param certificate by what it can be checked
public record Finding(
        String diagnosis,
        String subtype,
        Certainty certainty,
        SimTime from,
        SimTime to,
        int witness,
        String sentence,
        Certificate certificate) {

    /// How much of its definition was met.
    public enum Certainty {
        /// All of it.
        FOUND,
        /// Not all of it, but enough for suspicion; a longer run would tell.
        SUSPECTED
    }

    /// Whether all that makes it was found.
    public boolean isCertain() {
        return certainty == Certainty.FOUND;
    }

    /// Its name, with that of its variety: `recovery-livelock{spinning}`.
    public String label() {
        return subtype.isEmpty() ? diagnosis : diagnosis + "{" + subtype + "}";
    }

    /// Whether it is what a label refers to: a kind, or a variety of one.
    public boolean is(String label) {
        return label.equals(diagnosis) || label.equals(label());
    }

    /// How long it lasted.
    public Duration length() {
        return to.since(from);
    }
}
