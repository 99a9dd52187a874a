package io.faultline.scenario;

import io.faultline.kernel.SimTime;
import io.faultline.model.recovery.Prevention;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// What is other in a run than its scenario and its seed say: for those who ask what would have
/// happened without a fault, without a failure, or with other chances from some time on.
///
/// @param without the positions of the faults that are left out; the others keep theirs, and so
///   their random streams
/// @param unscripted the positions of the scripted actions that are left out
/// @param prevented failures that do not happen
/// @param reroll from when on the run has other chances, if it has
public record Alteration(
        SortedSet<Integer> without,
        SortedSet<Integer> unscripted,
        List<Prevention> prevented,
        Optional<Reroll> reroll) {

    /// A run as its scenario and its seed say.
    public static final Alteration NONE =
            new Alteration(new TreeSet<>(), new TreeSet<>(), List.of(), Optional.empty());

    /// Other chances.
    ///
    /// @param at events at this time and later have them; what was drawn before stays
    /// @param seed where they come from
    public record Reroll(SimTime at, long seed) {}

    public Alteration {
        without = Collections.unmodifiableSortedSet(new TreeSet<>(without));
        unscripted = Collections.unmodifiableSortedSet(new TreeSet<>(unscripted));
        prevented = List.copyOf(prevented);
    }

    /// Some faults are left out, and nothing else is other.
    public static Alteration without(Set<Integer> faults) {
        return new Alteration(
                new TreeSet<>(faults), NONE.unscripted(), NONE.prevented(), NONE.reroll());
    }

    /// Other chances from some time on, and nothing else.
    public static Alteration rerolled(SimTime at, long seed) {
        return new Alteration(
                NONE.without(),
                NONE.unscripted(),
                NONE.prevented(),
                Optional.of(new Reroll(at, seed)));
    }
}
