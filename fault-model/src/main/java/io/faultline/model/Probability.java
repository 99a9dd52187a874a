package io.faultline.model;

/// The chance that something happens; written in percent in scenario files.
///
/// @param value from 0, never, to 1, always
public record Probability(double value) {

    public static final Probability NEVER = new Probability(0);

    public Probability {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("a probability lies in [0, 1], but was " + value);
        }
    }
}
