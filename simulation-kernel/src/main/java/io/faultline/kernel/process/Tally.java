package io.faultline.kernel.process;

/// Count, mean, extremes and variance of values that come one by one: waiting times, sizes.
///
/// Keeps none of them. By the method of Welford, "Note on a method for calculating corrected sums
/// of squares and products", Technometrics 4(3), 1962, which loses no digits where the variance is
/// small against the mean.
public final class Tally {

    private long count;
    private double mean;
    private double squares;
    private double min = Double.NaN;
    private double max = Double.NaN;

    public void add(double value) {
        count++;
        double deviation = value - mean;
        mean += deviation / count;
        squares += deviation * (value - mean);
        min = count == 1 ? value : Math.min(min, value);
        max = count == 1 ? value : Math.max(max, value);
    }

    public long count() {
        return count;
    }

    /// Not a number if there is no value.
    public double mean() {
        return count == 0 ? Double.NaN : mean;
    }

    /// The least value; not a number if there is none.
    public double min() {
        return min;
    }

    /// The greatest value; not a number if there is none.
    public double max() {
        return max;
    }

    /// The unbiased estimate of the variance, with n - 1 in the denominator; not a number for fewer
    /// than two values.
    public double variance() {
        return count < 2 ? Double.NaN : squares / (count - 1);
    }

    /// The square root of [#variance].
    public double standardDeviation() {
        return Math.sqrt(variance());
    }

    @Override
    public String toString() {
        return "n=%d mean=%s sd=%s min=%s max=%s"
                .formatted(count, mean(), standardDeviation(), min, max);
    }
}
