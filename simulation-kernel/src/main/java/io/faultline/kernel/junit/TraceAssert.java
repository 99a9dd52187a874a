package io.faultline.kernel.junit;

import io.faultline.kernel.Observation;
import io.faultline.kernel.SimTime;
import io.faultline.kernel.Simulation;
import io.faultline.kernel.Trace;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Says what was to be observed in a run, and fails if it was not.
///
/// ```java
/// var trace = TraceAssert.of(simulation);
/// trace.observed(Crashed.class).once().at(SimTime.of(Duration.ofSeconds(5)));
/// trace.observed(Crashed.class).then(Suspected.class).by("monitor").then(Recovered.class);
/// trace.never(SplitBrain.class);
/// ```
public final class TraceAssert {

    private static final int SHOWN = 20;

    private final Trace trace;

    private TraceAssert(Trace trace) {
        this.trace = trace;
    }

    /// On what was observed in a simulation so far.
    public static TraceAssert of(Simulation simulation) {
        return of(simulation.trace());
    }

    public static TraceAssert of(Trace trace) {
        return new TraceAssert(trace);
    }

    /// The observations of a kind; fails if there are none.
    public <T extends Observation> Observed<T> observed(Class<T> kind) {
        return select(kind, trace.entries(), kind.getSimpleName());
    }

    /// Fails if there is an observation of a kind.
    public void never(Class<? extends Observation> kind) {
        var found = ofKind(kind, trace.entries());
        if (!found.isEmpty()) {
            throw new AssertionError(
                    "no " + kind.getSimpleName() + " was to be observed, but" + list(found));
        }
    }

    private <T extends Observation> Observed<T> select(
            Class<T> kind, List<Trace.Entry> among, String description) {
        var found = ofKind(kind, among);
        if (found.isEmpty()) {
            throw new AssertionError(
                    "no " + description + " was observed, but" + list(trace.entries()));
        }
        return new Observed<>(kind, found, description);
    }

    private static List<Trace.Entry> ofKind(Class<?> kind, List<Trace.Entry> among) {
        return among.stream().filter(entry -> kind.isInstance(entry.what())).toList();
    }

    private static String list(List<Trace.Entry> entries) {
        if (entries.isEmpty()) {
            return " nothing was";
        }
        var more = entries.size() > SHOWN ? "\n  and " + (entries.size() - SHOWN) + " more" : "";
        return entries.stream()
                .limit(SHOWN)
                .map(entry -> "\n  " + entry)
                .collect(Collectors.joining("", "", more));
    }

    /// Observations that fit what was said so far. What is said next keeps those that fit that too,
    /// and fails if none do.
    ///
    /// @param <T> their kind
    public final class Observed<T extends Observation> {
        private final Class<T> kind;
        private final List<Trace.Entry> entries;
        private final String description;

        private Observed(Class<T> kind, List<Trace.Entry> entries, String description) {
            this.kind = kind;
            this.entries = entries;
            this.description = description;
        }

        /// Those at a time exactly.
        public Observed<T> at(SimTime time) {
            return keep(entry -> entry.time().equals(time), "at " + time);
        }

        /// Those before a time.
        public Observed<T> before(SimTime time) {
            return keep(entry -> entry.time().isBefore(time), "before " + time);
        }

        /// Those after a time.
        public Observed<T> after(SimTime time) {
            return keep(entry -> entry.time().isAfter(time), "after " + time);
        }

        /// Those of the entity with a name.
        public Observed<T> by(String actor) {
            return keep(entry -> entry.actor().equals(actor), "by " + actor);
        }

        /// Those of which something holds.
        public Observed<T> where(Predicate<? super T> condition) {
            return keep(entry -> condition.test(kind.cast(entry.what())), "of that kind");
        }

        /// The observations of another kind that come after the first of these.
        public <U extends Observation> Observed<U> then(Class<U> next) {
            var rest = trace.entries().subList(entries.getFirst().index() + 1, trace.size());
            return select(next, rest, next.getSimpleName() + " after the first " + description);
        }

        /// Fails if there are more or fewer.
        public Observed<T> times(int expected) {
            if (entries.size() != expected) {
                throw new AssertionError(
                        expected
                                + " × "
                                + description
                                + " was to be observed, but "
                                + entries.size()
                                + " were:"
                                + list(entries));
            }
            return this;
        }

        /// Fails if there is more than one.
        public Observed<T> once() {
            return times(1);
        }

        /// The observations themselves, in order.
        public List<T> all() {
            return entries.stream().map(entry -> kind.cast(entry.what())).toList();
        }

        private Observed<T> keep(Predicate<Trace.Entry> condition, String words) {
            var kept = entries.stream().filter(condition).toList();
            if (kept.isEmpty()) {
                throw new AssertionError(
                        "no " + description + " was observed " + words + ", but" + list(entries));
            }
            return new Observed<>(kind, kept, description + " " + words);
        }
    }
}
