package io.faultline.kernel.junit;

import org.apache.commons.math3.distribution.NormalDistribution;

/// How many of independent trials succeeded, judged against the chance that each ought to have.
///
/// Accepts if the expected chance lies in the 99 % interval of Wilson, "Probable inference, the law
/// of succession, and statistical inference", JASA 22, 1927, and only if the interval is narrow.
public record Proportion(long successes, long trials) {

    private static final double Z = new NormalDistribution().inverseCumulativeProbability(0.995);

    /// @param precision how wide the half of the interval may be, as a fraction of `expected`
    public Verdict judge(double expected, double precision) {
        return Verdict.of(Math.abs(centre() - expected), halfWidth(), precision * expected);
    }

    private double observed() {
        return (double) successes / trials;
    }

    private double centre() {
        return (observed() + Z * Z / (2 * trials)) / (1 + Z * Z / trials);
    }

    /// Half the width of the 99 % interval.
    public double halfWidth() {
        double variance = observed() * (1 - observed()) / trials;
        double correction = Z * Z / (4.0 * trials * trials);
        return Z * Math.sqrt(variance + correction) / (1 + Z * Z / trials);
    }

    @Override
    public String toString() {
        return "%.6f ± %.6f (99 %%, %d of %d)".formatted(centre(), halfWidth(), successes, trials);
    }
}
