package io.faultline.scenario.campaign;

import org.apache.commons.math3.distribution.BetaDistribution;
import org.apache.commons.math3.distribution.TDistribution;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/// An interval in which the true value lies with a confidence of 95 %.
///
/// @param low its lower end
/// @param high its upper end
public record Confidence(double low, double high) {

    /// How often an interval of this kind misses the true value.
    private static final double MISSED = 0.05;

    private static final BigDecimal ALL = BigDecimal.valueOf(100);
    private static final int MOST_DIGITS = 17;

    /// The share of all seeds that fail, when `failed` of `runs` independently drawn ones did
    /// (Clopper and Pearson 1934).
    ///
    /// Without a failure the interval is one-sided: from 0 to `1 − 0.05^(1/runs)`, which is about
    /// `3/runs`, the rule of three. It is one-sided as well if all fail.
    ///
    /// @throws IllegalArgumentException if there was no run
    public static Confidence ofShare(long failed, long runs) {
        if (failed < 0 || runs < 1 || failed > runs) {
            throw new IllegalArgumentException(failed + " of " + runs + " is no share of runs");
        }
        if (failed == 0) {
            return new Confidence(0, -Math.expm1(Math.log(MISSED) / runs));
        }
        if (failed == runs) {
            return new Confidence(Math.pow(MISSED, 1.0 / runs), 1);
        }
        return new Confidence(
                new BetaDistribution(null, failed, runs - failed + 1.0)
                        .inverseCumulativeProbability(MISSED / 2),
                new BetaDistribution(null, failed + 1.0, runs - failed)
                        .inverseCumulativeProbability(1 - MISSED / 2));
    }

    /// The mean of the distribution that independent values were drawn from, if it is normal
    /// (Student 1908).
    ///
    /// @param values two or more
    public static Confidence ofMean(double[] values) {
        if (values.length < 2) {
            throw new IllegalArgumentException("an interval needs two values or more");
        }
        double mean = mean(values);
        double error = deviation(values) / Math.sqrt(values.length);
        double half =
                error
                        * new TDistribution(null, values.length - 1.0)
                                .inverseCumulativeProbability(1 - MISSED / 2);
        return new Confidence(mean - half, mean + half);
    }

    /// Both ends as percentages, with two digits, or as many as it takes to round by no more than a
    /// fifth of the interval, and not to all what is less.
    List<String> percent() {
        for (int digits = 2; ; digits++) {
            var ends = List.of(percent(low, digits), percent(high, digits));
            double error =
                    Math.max(
                            Math.abs(ends.getFirst().doubleValue() - 100 * low),
                            Math.abs(ends.getLast().doubleValue() - 100 * high));
            boolean honest = high == 1 || ends.getLast().compareTo(ALL) < 0;
            if (error <= 20 * (high - low) && honest || digits == MOST_DIGITS) {
                return ends.stream().map(end -> end.toPlainString() + " %").toList();
            }
        }
    }

    private static BigDecimal percent(double share, int digits) {
        return BigDecimal.valueOf(share)
                .movePointRight(2)
                .round(new MathContext(digits))
                .stripTrailingZeros();
    }

    /// The standard deviation of the distribution that independent values were drawn from.
    ///
    /// @param values two or more
    static double deviation(double[] values) {
        double mean = mean(values);
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return Math.sqrt(squares / (values.length - 1));
    }

    static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
