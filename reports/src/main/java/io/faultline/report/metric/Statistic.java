package io.faultline.report.metric;

import java.util.Locale;
import java.util.regex.Pattern;

/// What can be asked of a [Measurement].
public sealed interface Statistic {

    /// How statistics are written, for error messages.
    String ALLOWED = "count, min, mean, max, or a percentile such as p50 or p99.9";

    /// The statistics without a parameter.
    enum Plain implements Statistic {
        /// The number itself, of a measurement that is one number.
        VALUE,
        /// How many samples there are.
        COUNT,
        /// The smallest sample.
        MIN,
        /// The arithmetic mean.
        MEAN,
        /// The largest sample.
        MAX;

        @Override
        public String toString() {
            return this == VALUE ? "" : name().toLowerCase(Locale.ROOT);
        }
    }

    /// The smallest sample that at least `percent` of all samples do not exceed (nearest rank).
    ///
    /// @param percent in [0, 100]
    record Percentile(double percent) implements Statistic {
        private static final Pattern SYNTAX =
                Pattern.compile("p\\s*(?:(\\d+(?:\\.\\d+)?)|\\(\\s*(\\d+(?:\\.\\d+)?)\\s*\\))");

        public Percentile {
            if (!(percent >= 0 && percent <= 100)) {
                throw new IllegalArgumentException(
                        "a percentile lies in [0, 100], but was " + number(percent));
            }
        }

        @Override
        public String toString() {
            return "p" + number(percent);
        }

        private static String number(double value) {
            return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
        }
    }

    /// The percentile `percent`.
    static Statistic p(double percent) {
        return new Percentile(percent);
    }

    /// Reads a statistic: nothing, `count`, `min`, `mean`, `max`, `p99`, `p99.9` or `p(99.9)`.
    ///
    /// @throws IllegalArgumentException if it is something else
    static Statistic parse(String text) {
        var name = text.strip();
        for (var plain : Plain.values()) {
            if (plain.toString().equals(name)) {
                return plain;
            }
        }
        var percentile = Percentile.SYNTAX.matcher(name);
        if (percentile.matches()) {
            var digits = percentile.group(1) != null ? percentile.group(1) : percentile.group(2);
            return new Percentile(Double.parseDouble(digits));
        }
        throw new IllegalArgumentException("unknown statistic '" + name + "'; known: " + ALLOWED);
    }
}
