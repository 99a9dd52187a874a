package io.faultline.kernel.random;

import static org.apache.commons.math3.special.Gamma.logGamma;
import static org.apache.commons.math3.special.Gamma.regularizedGammaP;
import static org.apache.commons.math3.special.Gamma.regularizedGammaQ;

/// The sum of `shape` exponential stages, where the number of stages need not be whole: work that
/// passes several steps, and anything between exponential (`shape` 1) and nearly constant (`shape`
/// large). The coefficient of variation is 1 / √shape.
///
/// The common alternatives are scale and rate: `mean = shape · scale = shape / rate`. With a whole
/// shape it is the Erlang distribution, see [#erlang].
///
/// There is no closed form of the quantile. It is found by Newton's method on the logarithm of the
/// tail probability as a function of ln x. That function is concave, because the density of ln X is
/// log-concave, so the method converges from anywhere; 2 to 4 steps usually, relative error below
/// 1e-12. (Commons Math 3.6.1 has an inverse of its own. It is slower, and far off at the ends:
/// 1.1e8 instead of 49 at shape 5 and u = 1 - 2⁻⁵³.)
///
/// Source: Johnson, Kotz & Balakrishnan, _Continuous Univariate Distributions_, vol. 1, 2nd ed.,
/// ch. 17, with the start after Wilson & Hilferty, "The distribution of chi-square", PNAS 17, 1931.
///
/// @param shape how many stages; positive
/// @param mean the mean of the whole; positive
public record Gamma(double shape, double mean) implements Distribution {
    public Gamma {
        Require.positive("shape", shape);
        Require.positive("mean", mean);
    }

    /// The sum of `k` exponential stages, each with mean `mean / k`.
    public static Gamma erlang(int k, double mean) {
        Require.positive("k", k);
        return new Gamma(k, mean);
    }

    @Override
    public double quantile(double u) {
        Require.insideUnitInterval(u);
        return mean / shape * standardQuantile(u);
    }

    @Override
    public double min() {
        return 0;
    }

    @Override
    public double max() {
        return Double.POSITIVE_INFINITY;
    }

    /// The quantile for scale 1.
    private double standardQuantile(double u) {
        double logGamma = logGamma(shape);
        // P(shape, x) <= x^shape / Γ(shape + 1), with equality to the last bit where x is tiny.
        double logLeast = (StrictMath.log(u) + logGamma + StrictMath.log(shape)) / shape;
        if (logLeast < -40) {
            return StrictMath.exp(logLeast);
        }
        boolean lower = u <= 0.5;
        double target = StrictMath.log(lower ? u : 1 - u);
        double logX = Math.max(logLeast, logWilsonHilferty(u));
        for (int i = 0; i < 100; i++) {
            double x = StrictMath.exp(logX);
            double tail = lower ? regularizedGammaP(shape, x) : regularizedGammaQ(shape, x);
            double density = StrictMath.exp(shape * logX - x - logGamma);
            double step = (target - StrictMath.log(tail)) * tail / density;
            // Far from the solution the tangent may point beyond what a double can hold.
            step = Math.clamp(lower ? step : -step, -1, 1);
            logX += step;
            if (Math.abs(step) < 1e-8) { // The next step would be of the order of its square.
                return StrictMath.exp(logX);
            }
        }
        throw new ArithmeticException("no convergence: quantile of " + this + " at " + u);
    }

    private double logWilsonHilferty(double u) {
        double variance = 1 / (9 * shape);
        double root = 1 - variance + Math.sqrt(variance) * StandardNormal.quantile(u);
        return root > 0
                ? StrictMath.log(shape) + 3 * StrictMath.log(root)
                : Double.NEGATIVE_INFINITY;
    }
}
