package io.faultline.kernel.random;

/// What a parameter has to satisfy; the message names the parameter and the value that it got.
final class Require {
    private Require() {}

    static void finite(String parameter, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(parameter + " must be finite, but was " + value);
        }
    }

    static void positive(String parameter, double value) {
        finite(parameter, value);
        if (value <= 0) {
            throw new IllegalArgumentException(parameter + " must be positive, but was " + value);
        }
    }

    static void greater(String parameter, double value, String than, double bound) {
        finite(parameter, value);
        if (value <= bound) {
            throw new IllegalArgumentException(
                    "%s must be greater than %s (%s), but was %s"
                            .formatted(parameter, than, bound, value));
        }
    }

    static void insideUnitInterval(double u) {
        if (!(u > 0 && u < 1)) {
            throw new IllegalArgumentException("u must lie in (0, 1), but was " + u);
        }
    }
}
