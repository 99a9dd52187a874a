package io.faultline.kernel.random;

/// Always the same value. It takes its uniform all the same, so that a constant in place of another
/// kind leaves the stream in step.
///
/// @param value what every variate is; any finite number
public record Constant(double value) implements Distribution {
    public Constant {
        Require.finite("value", value);
    }

    @Override
    public double quantile(double u) {
        Require.insideUnitInterval(u);
        return value;
    }

    @Override
    public double mean() {
        return value;
    }

    @Override
    public double min() {
        return value;
    }

    @Override
    public double max() {
        return value;
    }
}
