package io.faultline.scenario.format;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;

/// Spans of virtual time: `500ms`, `1.5s`, `1m30s`.
public final class Durations {
    private Durations() {}

    private static final SequencedMap<String, Long> NANOS = new LinkedHashMap<>();

    static {
        NANOS.put("ns", 1L);
        NANOS.put("us", 1_000L);
        NANOS.put("ms", 1_000_000L);
        NANOS.put("s", 1_000_000_000L);
        NANOS.put("m", 60_000_000_000L);
        NANOS.put("h", 3_600_000_000_000L);
        NANOS.put("d", 86_400_000_000_000L);
    }

    /// What people write for a unit that is written otherwise here.
    private static final Map<String, String> MEANT =
            Map.ofEntries(
                    Map.entry("sec", "s"),
                    Map.entry("secs", "s"),
                    Map.entry("second", "s"),
                    Map.entry("seconds", "s"),
                    Map.entry("min", "m"),
                    Map.entry("mins", "m"),
                    Map.entry("minute", "m"),
                    Map.entry("minutes", "m"),
                    Map.entry("msec", "ms"),
                    Map.entry("millis", "ms"),
                    Map.entry("usec", "us"),
                    Map.entry("micros", "us"),
                    Map.entry("nanos", "ns"),
                    Map.entry("hr", "h"),
                    Map.entry("hour", "h"),
                    Map.entry("hours", "h"),
                    Map.entry("day", "d"),
                    Map.entry("days", "d"));

    static final String PATTERN = "([0-9]+(\\.[0-9]+)?(ns|us|µs|ms|s|m|h|d))+";

    static final Syntax<Duration> SYNTAX =
            new Syntax<>(
                    Duration.class,
                    "a duration",
                    PATTERN,
                    "500ms",
                    Durations::parse,
                    Durations::print);

    /// Reads a duration.
    ///
    /// @throws IllegalArgumentException if it is none; the message says why
    public static Duration parse(String text) {
        var nanos = nanos(text);
        try {
            return Duration.ofNanos(nanos.setScale(0, RoundingMode.UNNECESSARY).longValueExact());
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a whole number of nanoseconds; nothing is shorter", e);
        }
    }

    /// The value in the largest unit that leaves a whole number: `550ms`, `90s`, `2m`.
    public static String print(Duration duration) {
        return print(BigDecimal.valueOf(duration.toNanos()));
    }

    static String print(BigDecimal nanos) {
        for (var unit : NANOS.reversed().entrySet()) {
            var size = BigDecimal.valueOf(unit.getValue());
            if (nanos.signum() != 0 && nanos.remainder(size).signum() == 0) {
                return nanos.divide(size).toBigInteger() + unit.getKey();
            }
        }
        return nanos.signum() == 0 ? "0ms" : nanos.stripTrailingZeros().toPlainString() + "ns";
    }

    /// The number of nanoseconds, with a fraction where the text has one.
    static BigDecimal nanos(String text) {
        if (text.startsWith("-")) {
            nanos(text.substring(1)); // It may have another fault that is worth saying first.
            throw new IllegalArgumentException(
                    "'" + text + "' is negative; a duration is at least 0s");
        }
        var sum = BigDecimal.ZERO;
        long last = Long.MAX_VALUE;
        int at = 0;
        do {
            int digits = at;
            while (digits < text.length() && isDigit(text.charAt(digits), digits > at)) {
                digits++;
            }
            int letters = digits;
            while (letters < text.length() && Character.isLetter(text.charAt(letters))) {
                letters++;
            }
            if (digits == at || text.charAt(digits - 1) == '.' || digits - at > 30) {
                throw noDuration(text);
            }
            var number = number(text, at, digits);
            var unit = unit(text, text.substring(digits, letters));
            if (unit >= last) {
                throw new IllegalArgumentException(
                        "'" + text + "' is out of order; write large units first, as in 1m30s");
            }
            sum = sum.add(number.multiply(BigDecimal.valueOf(unit)));
            last = unit;
            at = letters;
        } while (at < text.length());
        if (sum.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw new IllegalArgumentException(
                    "'" + text + "' is too long; virtual time ends after 292 years");
        }
        return sum;
    }

    private static boolean isDigit(char c, boolean orPoint) {
        return c >= '0' && c <= '9' || orPoint && c == '.';
    }

    private static BigDecimal number(String text, int from, int to) {
        try {
            return new BigDecimal(text.substring(from, to));
        } catch (NumberFormatException e) {
            throw noDuration(text);
        }
    }

    private static long unit(String text, String unit) {
        if (unit.isEmpty()) {
            if (text.chars().allMatch(c -> isDigit((char) c, true))) {
                throw new IllegalArgumentException(
                        "'" + text + "' has no unit; a duration needs a unit: 500ms, 2s, 1m");
            }
            throw noDuration(text);
        }
        var nanos = NANOS.get(unit.equals("µs") || unit.equals("μs") ? "us" : unit);
        if (nanos == null) {
            var lower = unit.toLowerCase(Locale.ROOT);
            var meant = MEANT.getOrDefault(lower, NANOS.containsKey(lower) ? lower : null);
            throw new IllegalArgumentException(
                    "unknown unit '"
                            + unit
                            + "'; a duration is in "
                            + String.join(", ", NANOS.keySet())
                            + (meant == null ? "" : " — did you mean '" + meant + "'?"));
        }
        return nanos;
    }

    private static IllegalArgumentException noDuration(String text) {
        return new IllegalArgumentException(
                "'" + text + "' is not a duration; write a number and a unit: 500ms, 2s, 1m30s");
    }
}
