package io.faultline.kernel.junit;

import io.faultline.kernel.process.Tally;

import org.apache.commons.math3.distribution.TDistribution;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongFunction;
import java.util.function.LongToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;

/// Independent replications of one estimate, judged against what it ought to be on average.
///
/// Accepts if the expected value lies in the 99 % t-interval of the mean, and only if the interval
/// is narrow: without that, an estimate would pass by being noisy.
///
/// @param values one estimate of each replication
public record Replications(double[] values) {

    private static final double CONFIDENCE = 0.99;

    /// Runs `count` replications, with seeds drawn from `base`: never 0, 1, 2, …, which some
    /// generators take amiss.
    public static Replications of(int count, long base, LongToDoubleFunction run) {
        return of(run(count, base, run::applyAsDouble), Double::doubleValue);
    }

    /// One of the estimates that each of the runs gives.
    public static <R> Replications of(List<R> runs, ToDoubleFunction<R> estimate) {
        return new Replications(runs.stream().mapToDouble(estimate).toArray());
    }

    /// Runs replications that give several estimates each, with seeds as in [#of], on all cores.
    ///
    /// @param run the result of the run with a seed
    public static <R> List<R> run(int count, long base, LongFunction<R> run) {
        // Drawn before they are shared out: a parallel stream would split the generator.
        var seeds = new SplittableRandom(base).longs(count).toArray();
        return LongStream.of(seeds).parallel().mapToObj(run).toList();
    }

    /// @param precision how wide the half of the interval may be, as a fraction of `expected`
    public Verdict judge(double expected, double precision) {
        return Verdict.of(Math.abs(mean() - expected), halfWidth(), precision * expected);
    }

    public double mean() {
        return tally().mean();
    }

    /// Half the width of the 99 % interval.
    public double halfWidth() {
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
        return "%.6f ± %.6f (99 %%, %d replications)".formatted(mean(), halfWidth(), values.length);
    }
}
