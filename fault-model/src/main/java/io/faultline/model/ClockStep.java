package io.faultline.model;

import io.faultline.kernel.SimTime;

/// How far somebody sets a clock; written with a sign in scenario files.
///
/// @param nanos forward, or back if negative; not 0
public record ClockStep(long nanos) {

    public ClockStep {
        if (nanos == 0) {
            throw new IllegalArgumentException("a clock that is set by nothing is not set");
        }
    }

    @Override
    public String toString() {
        return (nanos > 0 ? "+" : "") + SimTime.format(nanos);
    }
}
