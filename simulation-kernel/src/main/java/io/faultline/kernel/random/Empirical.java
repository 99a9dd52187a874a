package io.faultline.kernel.random;

import java.util.List;

/// Measured values, each as likely as it is frequent in the list.
///
/// Quantile: the least value that at least a fraction u of the list does not exceed, which is the
/// inverse of the empirical distribution function: no interpolation, so no variate that was never
/// measured, and none beyond the greatest. The common alternatives interpolate between neighbours.
///
/// Source: type 1 of Hyndman & Fan, "Sample quantiles in statistical packages", _The American
/// Statistician_ 50(4), 1996.
///
/// @param values the measurements in any order, kept sorted; not empty
public record Empirical(List<Double> values) implements Distribution {
    public Empirical {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("values must not be empty, but was []");
        }
        values.forEach(value -> Require.finite("every one of values", value));
        values = values.stream().sorted().toList();
    }

    @Override
    public double quantile(double u) {
        Require.insideUnitInterval(u);
        return values.get((int) Math.ceil(u * values.size()) - 1);
    }

    @Override
    public double mean() {
        return values.stream().mapToDouble(Double::doubleValue).sum() / values.size();
    }

    @Override
    public double min() {
        return values.getFirst();
    }

    @Override
    public double max() {
        return values.getLast();
    }
}
