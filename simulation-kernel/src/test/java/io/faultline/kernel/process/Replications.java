package io.faultline.kernel.process;

import org.apache.commons.math3.distribution.TDistribution;

import java.util.SplittableRandom;
import java.util.function.LongToDoubleFunction;

/// Independent replications of one estimate, judged against what it ought to be.
///
/// Accepts if the expected value lies in the 99 % t-interval of the mean, and only if the interval
/// is narrow: without that, an estimate would pass by being noisy.
///
/// @param values one estimate of each replication
record Replications(double[] values) {

    private static final double CONFIDENCE = 0.99;

    enum Verdict {
        AGREES,
        DISAGREES,
        TOO_NOISY
    }

    /// Runs `count` replications, with seeds drawn from `base`: never 0, 1, 2, …, which some
    /// generators take amiss.
    static Replications of(int count, long base, LongToDoubleFunction run) {
        return new Replications(
                new SplittableRandom(base)
                        .longs(count)
                        .parallel()
                        .mapToDouble(run::applyAsDouble)
                        .toArray());
    }

    /// @param precision how wide the half of the interval may be, as a fraction of `expected`
    Verdict judge(double expected, double precision) {
        if (Math.abs(tally().mean() - expected) > halfWidth()) {
            return Verdict.DISAGREES;
        }
        return halfWidth() <= precision * expected ? Verdict.AGREES : Verdict.TOO_NOISY;
    }

    double halfWidth() {
        double t =
                new TDistribution(values.length - 1)
                        .inverseCumulativeProbability((1 + CONFIDENCE) / 2);
        return t * tally().standardDeviation() / Math.sqrt(values.length);
    }

    private Tally tally() {
        var tally = new Tally();
        for (double value : values) {
            tally.add(value);
        }
        return tally;
    }

    @Override
    public String toString() {
        return "%.6f ± %.6f (99 %%, %d replications)"
                .formatted(tally().mean(), halfWidth(), values.length);
    }
}
