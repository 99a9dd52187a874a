package io.faultline.scenario;

import io.faultline.kernel.SimTime;

import java.util.Optional;

/// What became of an expectation.
///
/// @param held whether it was met
/// @param expected what was expected, as in the file
/// @param text one sentence for people: what was expected and, if it was not met, what was seen
///   instead
/// @param settled from when on nothing could have changed that; nothing if anything might
public record Finding(boolean held, String expected, String text, Optional<SimTime> settled) {

    /// Whether a run that was ended early had gone on for long enough to tell.
    boolean isSettled(SimTime end) {
        return settled.filter(from -> !from.isAfter(end)).isPresent();
    }
}
