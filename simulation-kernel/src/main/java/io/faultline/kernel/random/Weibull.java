package io.faultline.kernel.random;

/// Lifetimes that age: the hazard falls with age for `shape` below 1 (early failures), is constant
/// at 1 (exponential), rises above 1 (wear).
///
/// Quantile: scale · (-ln(1 - u))^(1 / shape). The scale is the time by which 63.2 % have failed,
/// not the mean; for a given mean use `scale = mean / Γ(1 + 1 / shape)`. The common alternative is
/// the rate λ in exp(-λ t^shape): `scale = λ^(-1 / shape)`.
///
/// Source: Johnson, Kotz & Balakrishnan, _Continuous Univariate Distributions_, vol. 1, 2nd ed.,
/// ch. 21.
///
/// @param shape the exponent of age; positive
/// @param scale the quantile at 1 - 1/e; positive
public record Weibull(double shape, double scale) implements Distribution {
    public Weibull {
        Require.positive("shape", shape);
        Require.positive("scale", scale);
    }

    @Override
    public double quantile(double u) {
        Require.insideUnitInterval(u);
        return scale * StrictMath.pow(-StrictMath.log1p(-u), 1 / shape);
    }

    @Override
    public double mean() {
        return scale * org.apache.commons.math3.special.Gamma.gamma(1 + 1 / shape);
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
