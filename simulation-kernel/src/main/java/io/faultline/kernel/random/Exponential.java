package io.faultline.kernel.random;

/// The time until the next of events that come independently at a constant rate: arrivals of a
/// Poisson process, lifetimes without ageing.
///
/// Quantile: -mean · ln(1 - u). The common alternative parameter is the rate, events per unit of
/// time: `mean = 1 / rate`.
///
/// Source: Johnson, Kotz & Balakrishnan, _Continuous Univariate Distributions_, vol. 1, 2nd ed.,
/// ch. 19.
///
/// @param mean the mean, which is the standard deviation too; positive
public record Exponential(double mean) implements Distribution {
    public Exponential {
        Require.positive("mean", mean);
    }

    @Override
    public double quantile(double u) {
        Require.insideUnitInterval(u);
        return -mean * StrictMath.log1p(-u);
    }

    @Override
    public double min() {
        return 0;
    }

    @Override
    public double max() {
        return Double.POSITIVE_INFINITY;
    }
}
