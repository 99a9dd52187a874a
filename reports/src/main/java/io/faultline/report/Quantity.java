package io.faultline.report;

import java.math.BigDecimal;
import java.math.MathContext;

/// Writes numbers for people, the same in every locale.
public final class Quantity {

    private static final MathContext FOUR_DIGITS = new MathContext(4);
    private static final long MICRO = 1_000;
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000_000_000;
    private static final long MINUTE = 60 * SECOND;

    private Quantity() {}

    /// A span of time in the unit that fits it, with four significant digits: `2.601s`, `45.1ms`,
    /// `7us`. Spans from a second on keep their milliseconds: `134.501s`.
    public static String time(long nanos) {
        long size = Math.abs(nanos);
        if (size >= SECOND) {
            return rounded(nanos, MILLI).movePointLeft(3).toPlainString() + "s";
        }
        if (size >= MILLI) {
            return digits(nanos, MILLI) + "ms";
        }
        if (size >= MICRO) {
            return digits(nanos, MICRO) + "us";
        }
        return nanos == 0 ? "0s" : nanos + "ns";
    }

    /// How many nanoseconds a unit of time has; 0 if there is no such unit.
    ///
    /// @param unit `ns`, `us`, `ms`, `s`, `m` or `h`
    public static long nanosPer(String unit) {
        return switch (unit) {
            case "ns" -> 1;
            case "us" -> MICRO;
            case "ms" -> MILLI;
            case "s" -> SECOND;
            case "m" -> MINUTE;
            case "h" -> 60 * MINUTE;
            case null, default -> 0;
        };
    }

    /// A number with a space between its thousands: `12 345`.
    public static String count(long number) {
        var digits = new StringBuilder(Long.toString(number));
        int first = number < 0 ? 1 : 0;
        for (int i = digits.length() - 3; i > first; i -= 3) {
            digits.insert(i, ' ');
        }
        return digits.toString();
    }

    /// How many of something there are: `1 run`, `12 345 runs`, `2 recoveries`.
    ///
    /// @param noun what one of them is called
    public static String count(long number, String noun) {
        return count(number) + " " + (number == 1 ? noun : plural(noun));
    }

    private static String plural(String noun) {
        return noun.endsWith("y")
                ? noun.substring(0, noun.length() - 1) + "ies"
                : noun + (noun.endsWith("s") ? "es" : "s");
    }

    /// A share as a percentage: `66.67 %`.
    public static String share(double share) {
        return BigDecimal.valueOf(share)
                        .movePointRight(2)
                        .round(FOUR_DIGITS)
                        .stripTrailingZeros()
                        .toPlainString()
                + " %";
    }

    private static BigDecimal rounded(long nanos, long unit) {
        return BigDecimal.valueOf(Math.round((double) nanos / unit));
    }

    private static String digits(long nanos, long unit) {
        return BigDecimal.valueOf(nanos)
                .divide(BigDecimal.valueOf(unit))
                .round(FOUR_DIGITS)
                .stripTrailingZeros()
                .toPlainString();
    }
}
