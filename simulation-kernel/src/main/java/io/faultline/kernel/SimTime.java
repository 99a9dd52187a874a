package io.faultline.kernel;

import java.time.Duration;

/// A point in virtual time, counted in nanoseconds from the start of the run.
///
/// Prints in seconds with milliseconds, and with more digits only where they are needed: `34.501s`,
/// `0.000000001s`.
///
/// @param nanos nanoseconds since the start; zero or more
public record SimTime(long nanos) implements Comparable<SimTime> {

    /// Where every run starts.
    public static final SimTime ZERO = new SimTime(0);

    private static final int NANOS_PER_SECOND = 1_000_000_000;

    public SimTime {
        if (nanos < 0) {
            throw new IllegalArgumentException("virtual time starts at 0, but was " + nanos);
        }
    }

    /// The point that lies `span` after the start.
    public static SimTime of(Duration span) {
        return new SimTime(span.toNanos());
    }

    /// The point that lies `span` after this one.
    public SimTime plus(Duration span) {
        return new SimTime(Math.addExact(nanos, span.toNanos()));
    }

    /// How much virtual time passed from `earlier` to this point; negative if it lies later.
    public Duration since(SimTime earlier) {
        return Duration.ofNanos(nanos - earlier.nanos);
    }

    public boolean isBefore(SimTime other) {
        return nanos < other.nanos;
    }

    public boolean isAfter(SimTime other) {
        return nanos > other.nanos;
    }

    @Override
    public int compareTo(SimTime other) {
        return Long.compare(nanos, other.nanos);
    }

    @Override
    public String toString() {
        return format(nanos);
    }

    /// Writes a number of nanoseconds as this class prints it; spans may be negative.
    public static String format(long nanos) {
        var magnitude = Math.abs(nanos);
        var digits = Long.toString(NANOS_PER_SECOND + magnitude % NANOS_PER_SECOND).substring(1);
        int end = digits.length();
        while (end > 3 && digits.charAt(end - 1) == '0') {
            end--;
        }
        var sign = nanos < 0 ? "-" : "";
        return sign + magnitude / NANOS_PER_SECOND + "." + digits.substring(0, end) + "s";
    }
}
