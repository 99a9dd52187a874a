package io.faultline.model.cluster;

import io.faultline.kernel.SimTime;

/// How a clock goes until the next thing happens to it: it counts at a steady rate, and shows what
/// it has counted and by how much somebody has set it.
///
/// Of one virtual nanosecond it counts 1 + ppm / 10⁶, in whole nanoseconds, rounded down.
///
/// @param since the instant from which it goes like that
/// @param counted what it had counted then, from the start of the run; no step changes it
/// @param set how far it has been set forward in all, or back if negative
/// @param ppm by how many millionths it is too fast, or too slow if negative
record ClockState(long since, long counted, long set, int ppm) {

    /// A clock that is right.
    static final ClockState RIGHT = new ClockState(0, 0, 0, 0);

    private static final long MILLION = 1_000_000;

    ClockState {
        if (ppm <= -MILLION || ppm > MILLION) {
            throw new IllegalArgumentException(
                    "a clock goes on, and at most twice as fast, but it was too fast by "
                            + ppm
                            + " ppm");
        }
    }

    /// What it has counted at an instant, now or later.
    long counted(long instant) {
        long span = instant - since;
        return counted + (ppm == 0 ? span : floorOf(span, MILLION + ppm, MILLION));
    }

    /// What it shows at an instant, now or later.
    long shown(long instant) {
        return counted(instant) + set;
    }

    /// The first instant at which it will have counted so much, or some instant before now if it
    /// has already.
    long instantOf(long count) {
        long span = count - counted;
        return since + (ppm == 0 ? span : -floorOf(-span, MILLION, MILLION + ppm));
    }

    /// The same clock, set forward, or back if negative.
    ClockState stepped(long nanos) {
        return new ClockState(since, counted, set + nanos, ppm);
    }

    /// The same clock, going at another rate from an instant on.
    ClockState drifting(long instant, int ppm) {
        return new ClockState(instant, counted(instant), set, ppm);
    }

    /// `span * times / by` rounded down, without overflow on the way.
    private static long floorOf(long span, long times, long by) {
        return Math.floorDiv(span, by) * times + Math.floorDiv(Math.floorMod(span, by) * times, by);
    }

    @Override
    public String toString() {
        return "set by " + SimTime.format(set) + ", " + ppm + " ppm fast";
    }
}
