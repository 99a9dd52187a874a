package io.faultline.kernel.random;

/// Every value between two bounds is equally likely: jitter with a hard limit, a random phase.
///
/// Quantile: lo + u (hi - lo). The common alternative is centre ± half width: `lo = c - w`, `hi = c
/// + w`.
///
/// @param lo the lower bound
/// @param hi the upper bound, greater than `lo`
public record Uniform(double lo, double hi) implements Distribution {
    public Uniform {
        Require.finite("lo", lo);
        Require.greater("hi", hi, "lo", lo);
        Require.finite("hi - lo", hi - lo);
    }

    @Override
    public double quantile(double u) {
        Require.insideUnitInterval(u);
        return Math.min(hi, lo + u * (hi - lo));
    }

    @Override
    public double mean() {
        return lo + (hi - lo) / 2;
    }

    @Override
    public double min() {
        return lo;
    }

    @Override
    public double max() {
        return hi;
    }
}
