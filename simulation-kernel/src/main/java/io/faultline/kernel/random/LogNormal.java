package io.faultline.kernel.random;

/// The logarithm is normal: a long right tail and no negative values, as service and network times
/// have.
///
/// The parameters are two numbers that people read off a latency chart. The common alternative is
/// mean μ and standard deviation σ of the logarithm: `p50 = exp(μ)`, and `p99 = exp(μ + 2.326… σ)`.
/// Quantile: p50 · exp(σ · z(u)), where z is the quantile of the standard normal distribution and σ
/// = ln(p99 / p50) / z(0.99).
///
/// Source: Johnson, Kotz & Balakrishnan, _Continuous Univariate Distributions_, vol. 1, 2nd ed.,
/// ch. 14.
///
/// @param p50 the median; positive
/// @param p99 the 99th percentile, greater than `p50`
public record LogNormal(double p50, double p99) implements Distribution {
    public LogNormal {
        Require.positive("p50", p50);
        Require.greater("p99", p99, "p50", p50);
    }

    @Override
    public double quantile(double u) {
        Require.insideUnitInterval(u);
        return p50 * StrictMath.exp(sigma() * StandardNormal.quantile(u));
    }

    @Override
    public double mean() {
        double sigma = sigma();
        return p50 * StrictMath.exp(sigma * sigma / 2);
    }

    @Override
    public double min() {
        return 0;
    }

    @Override
    public double max() {
        return Double.POSITIVE_INFINITY;
    }

    private double sigma() {
        return StrictMath.log(p99 / p50) / StandardNormal.P99;
    }
}
