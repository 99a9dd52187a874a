package io.faultline.kernel.random;

import org.apache.commons.math3.special.Erf;

/// The normal distribution with mean 0 and standard deviation 1: a means to other kinds. It is not
/// one of them itself, as spans of time are not negative.
final class StandardNormal {
    /// The 99th percentile; R `qnorm(0.99)`.
    static final double P99 = 2.3263478740408408;

    private static final double SQRT_2 = Math.sqrt(2);

    private StandardNormal() {}

    /// By the inverse error function of Commons Math, after Giles, "Approximating the erfinv
    /// function", GPU Computing Gems Jade Edition, 2011. A uniform is a multiple of 2⁻⁵³, so 2u - 1
    /// is exact and nothing is lost in the lower tail.
    static double quantile(double u) {
        return SQRT_2 * Erf.erfInv(2 * u - 1);
    }
}
