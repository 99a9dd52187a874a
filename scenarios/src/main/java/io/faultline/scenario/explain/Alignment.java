package io.faultline.scenario.explain;

import io.faultline.kernel.Observation;
import io.faultline.kernel.SimTime;
import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed.FaultHealed;
import io.faultline.model.observation.Observed.FaultInjected;
import io.faultline.model.observation.Observed.FaultSkipped;
import io.faultline.model.observation.Observed.FaultTookEffect;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;

/// How far a run goes along with the same run without one of its faults: whether the comparison of
/// the two is about that fault, or about two runs that have little to do with each other.
///
/// @param recurring how many of the `independent` observations recur in the other run, of the same
///   actor at the same nanosecond with the same content
/// @param independent the observations of the run that do not follow from the fault along their
///   causes; those before the fault recur all, by construction
/// @param alike how many of the `streams` gave equally many draws in both runs
/// @param streams the random streams that either run used, without those of the fault itself
/// @param diverged when the first observation differs, those of the fault itself apart; nothing if
///   none does
public record Alignment(
        long recurring, long independent, long alike, long streams, Optional<SimTime> diverged) {

    /// An observation and where it stands, without its place in the trace.
    private record Mark(SimTime time, String actor, Observation what) {
        static Mark of(Trace.Entry entry) {
            return new Mark(entry.time(), entry.actor(), entry.what());
        }
    }

    /// Compares a run with the same run without a fault.
    static Alignment of(
            int fault,
            Trace with,
            SortedMap<String, Long> drawnWith,
            Trace without,
            SortedMap<String, Long> drawnWithout) {
        Map<Mark, Integer> left = new HashMap<>(); // looked up, never iterated
        without.forEach(entry -> left.merge(Mark.of(entry), 1, Integer::sum));
        var follows = new boolean[with.size()];
        long recurring = 0;
        long independent = 0;
        for (var entry : with) {
            boolean cause = entry.cause() != Trace.NO_CAUSE && follows[entry.cause()];
            if (cause || isOf(fault, entry.what())) {
                follows[entry.index()] = true;
                continue;
            }
            independent++;
            if (left.merge(Mark.of(entry), -1, Integer::sum) >= 0) {
                recurring++;
            }
        }
        var names = new TreeSet<>(drawnWith.keySet());
        names.addAll(drawnWithout.keySet());
        names.removeIf(name -> name.startsWith("fault/" + fault + "/"));
        long alike =
                names.stream()
                        .filter(name ->
                                drawnWith
                                        .getOrDefault(name, 0L)
                                        .equals(drawnWithout.getOrDefault(name, 0L)))
                        .count();
        return new Alignment(
                recurring, independent, alike, names.size(), diverged(fault, with, without));
    }

    private static boolean isOf(int fault, Observation what) {
        return switch (what) {
            case FaultInjected injected -> injected.fault() == fault;
            case FaultTookEffect effect -> effect.fault() == fault;
            case FaultHealed healed -> healed.fault() == fault;
            case FaultSkipped skipped -> skipped.fault() == fault;
            default -> false;
        };
    }

    private static Optional<SimTime> diverged(int fault, Trace with, Trace without) {
        int other = 0;
        for (var entry : with) {
            if (isOf(fault, entry.what())) {
                continue;
            }
            if (other == without.size()) {
                return Optional.of(entry.time());
            }
            var counterpart = without.get(other++);
            if (!Mark.of(entry).equals(Mark.of(counterpart))) {
                return Optional.of(
                        entry.time().isBefore(counterpart.time())
                                ? entry.time()
                                : counterpart.time());
            }
        }
        return other < without.size() ? Optional.of(without.get(other).time()) : Optional.empty();
    }

    /// The share of the independent observations that recur; 1 if there are none.
    public double score() {
        return independent == 0 ? 1 : (double) recurring / independent;
    }
}
