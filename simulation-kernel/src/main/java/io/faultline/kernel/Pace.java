package io.faultline.kernel;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/// Runs a simulation no faster than a clock allows, for people who watch. What happens in the run
/// is the same at every pace.
///
/// @param factor seconds of virtual time for a second of the clock; more than 0
/// @param clock tells real time in nanoseconds
/// @param sleep waits for a number of nanoseconds of real time
public record Pace(double factor, LongSupplier clock, LongConsumer sleep) {

    /// The longest real time between two looks at the clock.
    private static final Duration SLICE = Duration.ofMillis(5);

    public Pace {
        if (!(factor > 0 && factor < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the factor must be positive, but was " + factor);
        }
    }

    /// A pace by the clock of this machine.
    public static Pace of(double factor) {
        return new Pace(factor, System::nanoTime, LockSupport::parkNanos);
    }

    /// Runs every event whose time is not after `end`, each no earlier than its time has come.
    public Outcome runUntil(Simulation simulation, SimTime end) {
        long realStart = clock.getAsLong();
        long start = simulation.now().nanos();
        long slice = Math.max(1, (long) (SLICE.toNanos() * factor));
        while (true) {
            long to = Math.min(end.nanos(), simulation.now().nanos() + slice);
            long due = realStart + (long) ((to - start) / factor);
            for (long left = due - clock.getAsLong(); left > 0; left = due - clock.getAsLong()) {
                sleep.accept(left);
            }
            var outcome = simulation.runUntil(new SimTime(to));
            boolean over =
                    switch (outcome.ending()) {
                        case STOPPED, INTERRUPTED, BUDGET -> true;
                        case EXHAUSTED, END_TIME -> to == end.nanos();
                    };
            if (over) {
                return outcome;
            }
        }
    }
}
