package io.faultline.kernel.random;

/// How a quantity varies from one occasion to the next: a delay, a lifetime, a size, an offset.
///
/// Numbers are plain: a distribution has no unit of its own. What it describes is in the unit of
/// its parameters; the models use nanoseconds for spans of virtual time, see [#sampleNanos].
///
/// Every variate is made by inversion from exactly one uniform. That is slower than the best
/// special method of some kinds, and keeps two runs with different parameters in step.
///
/// The `permits` clause is the catalogue. A kind is a record whose components are its parameters;
/// it checks them when made, so an instance is always valid.
public sealed interface Distribution
        permits Constant, Uniform, Exponential, LogNormal, Gamma, Weibull, Pareto, Empirical {

    /// The value that a variate exceeds with probability 1 - u: the inverse of the cumulative
    /// distribution function.
    ///
    /// @param u in the open interval (0, 1)
    double quantile(double u);

    /// The expected value.
    double mean();

    /// The greatest lower bound: no variate is less. The least delay of a network is the sum of
    /// these.
    double min();

    /// The least upper bound: no variate is greater. May be infinite.
    double max();

    /// One variate, from one uniform of the stream.
    default double sample(RandomStream stream) {
        return quantile(stream.nextUniform());
    }

    /// One variate as a span of virtual time, for parameters in nanoseconds, see [#spanOf].
    default long sampleNanos(RandomStream stream) {
        return spanOf(sample(stream));
    }

    /// A variate rounded to the nearest nanosecond; 0 where it is negative, and 18 years where it
    /// is more, so that several spans together are less than virtual time lasts.
    static long spanOf(double variate) {
        return Math.clamp(Math.round(variate), 0, Long.MAX_VALUE / 16);
    }
}
