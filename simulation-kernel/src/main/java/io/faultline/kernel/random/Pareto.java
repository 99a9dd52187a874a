package io.faultline.kernel.random;

/// Quantities of which a few are very large: sizes of files and jobs, times to repair. However long
/// it has lasted, the longer it will last: beyond x, the rest is on average proportional to x.
///
/// Quantile: scale · (1 - u)^(-1 / shape). This is the Pareto distribution of type I, which begins
/// at its scale; the Lomax distribution (type II) is the same less the scale. A tail this heavy has
/// no mean for a `shape` up to 1, where it is infinite, and no variance up to 2, where the mean of
/// many variates settles slowly or never.
///
/// Source: Johnson, Kotz & Balakrishnan, _Continuous Univariate Distributions_, vol. 1, 2nd ed.,
/// ch. 20.
///
/// @param shape the exponent of the tail, heavier the smaller it is; positive
/// @param scale the least value; positive
public record Pareto(double shape, double scale) implements Distribution {
    public Pareto {
        Require.positive("shape", shape);
        Require.positive("scale", scale);
    }

    @Override
    public double quantile(double u) {
        Require.insideUnitInterval(u);
        return scale * StrictMath.exp(-StrictMath.log1p(-u) / shape);
    }

    @Override
    public double mean() {
        return shape > 1 ? scale * shape / (shape - 1) : Double.POSITIVE_INFINITY;
    }

    @Override
    public double min() {
        return scale;
    }

    @Override
    public double max() {
        return Double.POSITIVE_INFINITY;
    }
}
