package io.faultline.report.metric;

import io.faultline.kernel.Observation;
import io.faultline.kernel.Trace;
import io.faultline.report.Truth;

import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// A measurement that is being made: sees the entries of a trace one after the other, and can be
/// asked at any time what was found so far.
///
/// @param <M> what is found
public final class Fold<M extends Measurement> {

    private final Supplier<? extends M> found;
    private final Consumer<Trace.Entry> see;
    private final Set<Class<? extends Observation>> kinds;

    private Fold(
            Supplier<? extends M> found,
            Consumer<Trace.Entry> see,
            Set<Class<? extends Observation>> kinds) {
        this.found = found;
        this.see = see;
        this.kinds = kinds;
    }

    /// @param found what was found so far; it may be asked for again, when more was seen
    /// @param see looks at an entry
    /// @param kinds the kinds of observations that matter to it
    @SafeVarargs
    @SuppressWarnings("varargs") // they are read, and copied
    public static <M extends Measurement> Fold<M> of(
            Supplier<? extends M> found,
            Consumer<Trace.Entry> see,
            Class<? extends Observation>... kinds) {
        return of(found, see, Set.of(kinds));
    }

    static <M extends Measurement> Fold<M> of(
            Supplier<? extends M> found,
            Consumer<Trace.Entry> see,
            Set<Class<? extends Observation>> kinds) {
        return new Fold<>(found, see, kinds);
    }

    /// One that asks what was true when something was observed.
    static <M extends Measurement> Fold<M> knowingTheTruth(
            Supplier<? extends M> found, BiConsumer<Trace.Entry, Truth> see) {
        var truth = new Truth();
        return of(
                found,
                entry -> {
                    truth.see(entry);
                    see.accept(entry, truth);
                },
                Truth.KINDS);
    }

    /// One that measures all anew whenever it is asked.
    static <M extends Measurement> Fold<M> anew(Supplier<? extends M> found) {
        return of(found, _ -> {}, Set.of());
    }

    static Set<Class<? extends Observation>> kinds(
            Set<Class<? extends Observation>> some, Class<? extends Observation> another) {
        var all = new HashSet<>(some);
        all.add(another);
        return Set.copyOf(all);
    }

    /// Sees the next entry.
    void see(Trace.Entry entry) {
        see.accept(entry);
    }

    /// What was found in what was seen so far. It may change when more is seen.
    M found() {
        return found.get();
    }

    /// The kinds of observations that matter; entries of others need not be seen.
    Set<Class<? extends Observation>> kinds() {
        return kinds;
    }

    /// What is found in a whole trace.
    public M over(Trace trace) {
        for (var entry : trace) {
            if (kinds.contains(entry.what().getClass())) {
                see(entry);
            }
        }
        return found();
    }
}
