package io.faultline.report.verdict;

import io.faultline.report.Quantity;
import io.faultline.report.metric.Count;
import io.faultline.report.metric.Latency;
import io.faultline.report.metric.Measurement;
import io.faultline.report.metric.Metric;
import io.faultline.report.metric.Part;
import io.faultline.report.metric.Peak;
import io.faultline.report.metric.Share;
import io.faultline.report.metric.Statistic;

import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Pattern;

/// A bound on a metric, such as `p99<2600ms` on `suspicion.latency`.
///
/// A latency is bounded in one of its statistics, by a duration (`max<=30s`) or, for `count`, by a
/// number (`count>=2`). Any other metric is one number, and is bounded by one (`=0`, `<0.01`,
/// `>=99%`).
///
/// @param part what is bounded: a metric, or a part of it
/// @param statistic which of its statistics
/// @param comparison how the statistic compares with the bound if the threshold holds
/// @param bound nanoseconds, or a plain number
/// @param text the condition as it was written
public record Threshold(
        Part part, Statistic statistic, Comparison comparison, double bound, String text) {

    /// How a value compares with a bound.
    public enum Comparison {
        LESS("<"),
        AT_MOST("<="),
        EQUAL("="),
        AT_LEAST(">="),
        MORE(">");

        private final String sign;

        Comparison(String sign) {
            this.sign = sign;
        }

        boolean holds(double value, double bound) {
            return switch (this) {
                case LESS -> value < bound;
                case AT_MOST -> value <= bound;
                case EQUAL -> value == bound;
                case AT_LEAST -> value >= bound;
                case MORE -> value > bound;
            };
        }

        private static Comparison of(String sign) {
            for (var comparison : values()) {
                if (comparison.sign.equals(sign)) {
                    return comparison;
                }
            }
            throw new IllegalArgumentException("unknown comparison " + sign);
        }
    }

    private static final Pattern SYNTAX =
            Pattern.compile("\\s*([a-z][a-z0-9.()\\s]*?)?\\s*(<=|>=|<|>|=)\\s*(\\S.*?)\\s*");
    private static final Pattern NUMBER = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(%|[a-z]+)?");

    /// Reads a threshold.
    ///
    /// @param measured the name of the metric, such as `suspicion.latency`, with the tags of a part
    ///   of it if that is meant, such as `recovery.latency{phase:rebalancing}`
    /// @param condition such as `p99<2600ms`
    /// @throws IllegalArgumentException with a sentence that says what would be right
    public static Threshold parse(String measured, String condition) {
        return parse(Part.parse(measured), condition);
    }

    /// Reads a threshold on a metric, or a part of it.
    ///
    /// @throws IllegalArgumentException with a sentence that says what would be right
    public static Threshold parse(Part part, String condition) {
        var bounded = part.metric();
        var parts = SYNTAX.matcher(condition);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "cannot read threshold '" + condition + "'; " + usage(bounded));
        }
        var statistic = Statistic.parse(parts.group(1) == null ? "" : parts.group(1));
        boolean oneNumber = !(bounded instanceof Latency);
        if (oneNumber != (statistic == Statistic.Plain.VALUE)) {
            throw new IllegalArgumentException(
                    "threshold '"
                            + condition
                            + "' "
                            + (oneNumber ? "names a statistic" : "names no statistic")
                            + "; "
                            + usage(bounded));
        }
        return new Threshold(
                part,
                statistic,
                Comparison.of(parts.group(2)),
                bound(bounded, statistic, parts.group(3), condition),
                condition.strip());
    }

    private static double bound(Metric metric, Statistic statistic, String text, String condition) {
        var parts = NUMBER.matcher(text);
        if (parts.matches()) {
            var number = new BigDecimal(parts.group(1));
            var unit = parts.group(2);
            if (metric instanceof Latency && statistic != Statistic.Plain.COUNT) {
                long nanos = Quantity.nanosPer(unit);
                if (nanos > 0) {
                    return number.multiply(BigDecimal.valueOf(nanos)).doubleValue();
                }
            } else if (unit == null) {
                return number.doubleValue();
            } else if (unit.equals("%") && metric instanceof Share) {
                return number.movePointLeft(2).doubleValue();
            }
        }
        throw new IllegalArgumentException(
                "threshold '" + condition + "' has no bound that fits; " + usage(metric));
    }

    private static String usage(Metric metric) {
        return switch (metric) {
            case Latency latency ->
                    latency.name()
                            + " takes one of "
                            + Statistic.ALLOWED
                            + ", then <, <=, =, >= or >, then a duration in ns, us, ms, s, m or h"
                            + " (for count, a number), as in p99<2600ms";
            case Count count ->
                    count.name()
                            + " is one number and takes <, <=, =, >= or >, then a number, as in =0";
            case Peak peak ->
                    peak.name()
                            + " is one number and takes <, <=, =, >= or >, then a number, as in"
                            + " <=5";
            case Share share ->
                    share.name()
                            + " is a share and takes <, <=, =, >= or >, then a number or a"
                            + " percentage, as in >=99%";
        };
    }

    /// Compares a run with the bound. What was never measured is neither within bounds nor beyond.
    ///
    /// @param measurements what the metrics found, by name
    public Judgement judge(Map<String, ? extends Measurement> measurements) {
        var measurement = measurements.get(part.name());
        if (measurement == null) {
            throw new IllegalArgumentException(part.name() + " was not measured");
        }
        return judge(measurement);
    }

    /// Compares what was found of [#part] with the bound.
    public Judgement judge(Measurement measurement) {
        boolean counts = statistic == Statistic.Plain.COUNT;
        var value = measurement.value(statistic);
        if (value.isEmpty() || measurement.isEmpty() && !counts) {
            return judgement(Answer.INCONCLUSIVE, "there was nothing to measure");
        }
        boolean held = comparison.holds(value.getAsDouble(), bound);
        return judgement(
                held ? Answer.HELD : Answer.VIOLATED,
                "measured " + written(value.getAsDouble(), measurement));
    }

    private String written(double value, Measurement measurement) {
        return switch (part.metric()) {
            case Latency _ when statistic != Statistic.Plain.COUNT -> {
                long samples = (long) measurement.value(Statistic.Plain.COUNT).orElse(0);
                yield Quantity.time(Math.round(value)) + " in " + Quantity.count(samples, "sample");
            }
            case Share _ -> Quantity.share(value);
            case Latency _, Count _, Peak _ -> Quantity.count(Math.round(value));
        };
    }

    private Judgement judgement(Answer answer, String finding) {
        return new Judgement(toString(), Concern.THRESHOLD, answer, finding);
    }

    @Override
    public String toString() {
        return part.name() + " " + text;
    }
}
