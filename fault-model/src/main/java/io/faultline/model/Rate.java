package io.faultline.model;

/// How often something happens; written as `20/s` in scenario files.
///
/// @param perSecond a positive number
public record Rate(double perSecond) {
    public Rate {
        if (!(perSecond > 0 && perSecond < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("a rate must be positive, but was " + perSecond);
        }
    }
}
