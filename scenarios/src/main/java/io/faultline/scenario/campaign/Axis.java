package io.faultline.scenario.campaign;

import io.faultline.scenario.format.Durations;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// A setting that a sweep varies, and its values: `path=lo..hi:n` for n values at equal distances,
/// both ends included, or `path=a,b,c`.
///
/// @param path the setting, as `--set` takes it
/// @param values its values, as they are written in a scenario file
/// @param range what the values were taken from, if it was a range
public record Axis(String path, List<String> values, Optional<Range> range) {

    private static final Pattern RANGE = Pattern.compile("(.+?)\\.\\.(.+):(\\d+)");
    private static final Pattern NUMBER = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(.*)");
    private static final int MOST_DIGITS = 6;
    private static final MathContext DIGITS = new MathContext(4);

    /// Numbers between two others, with a unit.
    ///
    /// @param unit what stands behind the number; `ns` for all durations
    /// @param whole whether there is nothing between two whole numbers
    record Range(BigDecimal low, BigDecimal high, String unit, boolean whole) {

        static Range of(String low, String high) {
            var from = NUMBER.matcher(low.strip());
            var to = NUMBER.matcher(high.strip());
            if (!from.matches() || !to.matches()) {
                throw new IllegalArgumentException(
                        "a range lies between two numbers, but not '"
                                + low
                                + "' and '"
                                + high
                                + "'");
            }
            var range =
                    ofDurations(low.strip(), high.strip())
                            .orElseGet(() -> {
                                if (!from.group(2).equals(to.group(2))) {
                                    throw new IllegalArgumentException(
                                            "the ends of a range have one unit, but not '"
                                                    + low
                                                    + "' and '"
                                                    + high
                                                    + "'");
                                }
                                var one = new BigDecimal(from.group(1));
                                var two = new BigDecimal(to.group(1));
                                boolean whole =
                                        from.group(2).isEmpty()
                                                && one.scale() == 0
                                                && two.scale() == 0;
                                return new Range(one, two, from.group(2), whole);
                            });
            if (range.low().compareTo(range.high()) >= 0) {
                throw new IllegalArgumentException(
                        "a range goes from less to more, but not from "
                                + low.strip()
                                + " to "
                                + high.strip());
            }
            return range;
        }

        private static Optional<Range> ofDurations(String low, String high) {
            try {
                return Optional.of(
                        new Range(
                                BigDecimal.valueOf(Durations.parse(low).toNanos()),
                                BigDecimal.valueOf(Durations.parse(high).toNanos()),
                                "ns",
                                true));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }

        /// The value at a share of the way from low to high, with four digits unless it is an end.
        String at(double share) {
            var exact = low.add(high.subtract(low).multiply(BigDecimal.valueOf(share)));
            var value = share == 0 || share == 1 ? exact : exact.round(DIGITS).max(low).min(high);
            if (whole) {
                value = value.setScale(0, RoundingMode.HALF_EVEN);
            }
            return unit.equals("ns")
                    ? Durations.print(Duration.ofNanos(value.longValue()))
                    : plain(value) + unit;
        }

        private static String plain(BigDecimal value) {
            return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
        }
    }

    public Axis {
        values = List.copyOf(values);
    }

    /// Reads an axis.
    ///
    /// @throws IllegalArgumentException if it is none
    public static Axis parse(String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException(
                    "write what to vary as path=lo..hi:n or path=a,b,c, and not '" + text + "'");
        }
        var path = text.substring(0, equals).strip();
        var spec = text.substring(equals + 1);
        var matcher = RANGE.matcher(spec);
        if (!matcher.matches()) {
            return new Axis(path, split(spec), Optional.empty());
        }
        int n = matcher.group(3).length() > MOST_DIGITS ? 0 : Integer.parseInt(matcher.group(3));
        if (n < 2) {
            throw new IllegalArgumentException("a range has 2 to 999999 values, unlike " + spec);
        }
        var range = Range.of(matcher.group(1), matcher.group(2));
        var values =
                IntStream.range(0, n)
                        .mapToObj(i -> range.at(i == n - 1 ? 1 : (double) i / (n - 1)))
                        .distinct()
                        .toList();
        return new Axis(path, values, Optional.of(range));
    }

    /// At the commas that are not within brackets or quotes.
    private static List<String> split(String spec) {
        var values = new ArrayList<String>();
        var value = new StringBuilder();
        int depth = 0;
        boolean quoted = false;
        for (char c : spec.toCharArray()) {
            quoted ^= c == '"';
            depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
            if (c == ',' && depth == 0 && !quoted) {
                values.add(value.toString().strip());
                value.setLength(0);
            } else {
                value.append(c);
            }
        }
        values.add(value.toString().strip());
        return values;
    }

    /// The value at a share of the way from the first to the last.
    ///
    /// @param share in [0, 1)
    String at(double share) {
        return range.map(r -> r.at(share))
                .orElseGet(() -> values.get((int) (share * values.size())));
    }
}
