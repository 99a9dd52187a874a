package io.faultline.report.goal;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.Trace;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// When a goal was reached.
///
/// @param since from when on, if it was at the end of the run
/// @param before the last time that it was, and no longer is, if there was one
/// @param untold why nobody can tell, if that is so
public record Reach(Optional<SimTime> since, Optional<Span> before, Optional<String> untold) {

    /// A time in which a goal was reached.
    public record Span(SimTime from, SimTime to) {}

    /// Nobody can tell.
    public static Reach untold(String why) {
        return new Reach(Optional.empty(), Optional.empty(), Optional.of(why));
    }

    /// Looks at a run at the end of each instant: what is so for a moment, before all that happens
    /// at an instant has happened, does not count.
    ///
    /// @param see takes the next entry into account
    /// @param holds whether the goal is reached, after what has been seen; also asked before
    ///   anything was
    public static Reach atEachInstant(
            Trace trace, Consumer<Trace.Entry> see, BooleanSupplier holds) {
        var course = new Course(holds.getAsBoolean());
        var now = SimTime.ZERO;
        for (var entry : trace) {
            if (entry.time().isAfter(now)) {
                course.now(now, holds.getAsBoolean());
                now = entry.time();
            }
            see.accept(entry);
        }
        course.now(now, holds.getAsBoolean());
        return course.reach();
    }

    /// What becomes of a goal in the course of a run.
    static final class Course {
        private Optional<SimTime> since;
        private Optional<Span> before = Optional.empty();

        /// @param atFirst whether it is reached before anything has happened
        Course(boolean atFirst) {
            since = atFirst ? Optional.of(SimTime.ZERO) : Optional.empty();
        }

        /// Whether it is reached at a time; times do not go back.
        void now(SimTime time, boolean reached) {
            if (!reached && since.isPresent()) {
                before = Optional.of(new Span(since.get(), time));
                since = Optional.empty();
            } else if (reached && since.isEmpty()) {
                since = Optional.of(time);
            }
        }

        Reach reach() {
            return new Reach(since, before, Optional.empty());
        }
    }
}
