package io.faultline.kernel.junit;

/// What an estimate says about a value that is expected.
public enum Verdict {
    /// The value lies in the confidence interval, and that is narrow.
    AGREES,
    /// The value lies outside.
    DISAGREES,
    /// The interval contains the value but is too wide to say anything.
    TOO_NOISY;

    static Verdict of(double distance, double halfWidth, double widest) {
        if (distance > halfWidth) {
            return DISAGREES;
        }
        return halfWidth <= widest ? AGREES : TOO_NOISY;
    }
}
