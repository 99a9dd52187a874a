package io.faultline.report.diagnosis;

import io.faultline.kernel.Observation;
import io.faultline.kernel.SimTime;
import io.faultline.kernel.Trace;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.cluster.StatusReason;
import io.faultline.model.observation.Observed.ActionTaken;
import io.faultline.model.observation.Observed.EntitiesMoved;
import io.faultline.model.observation.Observed.FaultInjected;
import io.faultline.model.observation.Observed.LockGranted;
import io.faultline.model.observation.Observed.PartitionDown;
import io.faultline.model.observation.Observed.Paused;
import io.faultline.model.observation.Observed.PhaseEntered;
import io.faultline.model.observation.Observed.Reported;
import io.faultline.model.observation.Observed.Resumed;
import io.faultline.model.observation.Observed.StatusChanged;
import io.faultline.report.Quantity;
import io.faultline.report.Ranks;
import io.faultline.report.diagnosis.Finding.Certainty;
import io.faultline.report.verdict.Concern;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/// Failures led to failures. *Damage* is a partition that fails although no fault concerned it. It
/// is a cascade if damage led to damage (depth 2), or if faults led to at least two of it and to at
/// least as much as there were faults: its reproduction number R, damage over faults, is 1 or more.
///
/// What led to what is read off the trace, by what happened before (Lamport, *Time, clocks, and the
/// ordering of events in a distributed system*, CACM 21(7), 1978): the chain of causes of a failure
/// leads back to the failure before it. That somebody was silent has no cause in the trace; what
/// came before it is the last thing that a recovery did to the partition before it was suspected,
/// no longer ago than the bound: a pause, its end, or a transfer to or from it. That it came before
/// is not yet proof; whether the damage is missing in a run without the fault is for a campaign to
/// say.
///
/// "A failure that grows over time as a result of positive feedback" is that of Beyer et al., *Site
/// Reliability Engineering* (2016), chapter 22.
public record Cascade() implements Diagnosis {

    private static final int LEAST_DEPTH = 2;
    private static final int LEAST_DAMAGE = 2;

    @Override
    public String description() {
        return "failures lead to failures of partitions that no fault concerns";
    }

    @Override
    public Optional<Concern> concern() {
        return Optional.of(Concern.LIVENESS);
    }

    @Override
    public List<String> subtypes() {
        return List.of();
    }

    /// A piece of damage and where it came from.
    ///
    /// @param failure the entry with which the partition failed
    /// @param by the entry of the failure or the fault that led to it
    /// @param through an entry that came before it and whose causes lead back there: its own, or
    ///   what recovery did to the partition before it fell silent
    /// @param depth how many pieces of damage there are from the fault to it
    public record Damage(PartitionId partition, int failure, int by, int through, int depth) {}

    /// All damage, in order of time.
    ///
    /// @param faults the entries with which faults began or were played
    /// @param targets whom they concerned
    /// @param damage what came of it
    /// @param within how long before suspicion recovery may have done something to a partition
    public record Spread(
            List<Integer> faults, List<PartitionId> targets, List<Damage> damage, Duration within)
            implements Certificate {

        @Override
        public boolean verify(Trace trace) {
            var depths = new HashMap<Integer, Integer>();
            var lineage = new Lineage(trace, within);
            for (var piece : damage) {
                var origin = lineage.origin(trace.get(piece.failure));
                boolean isSo =
                        isFailure(trace.get(piece.failure).what())
                                && !targets.contains(piece.partition)
                                && origin.isPresent()
                                && origin.get().by() == piece.by
                                && origin.get().through() == piece.through
                                && piece.through <= piece.failure
                                && lineage.depth(piece.failure) == piece.depth;
                if (!isSo) {
                    return false;
                }
                depths.put(piece.failure, piece.depth);
            }
            return faults.equals(lineage.faults)
                    && List.copyOf(lineage.targets).equals(targets)
                    && depths.size() == damage.size();
        }

        /// How many pieces of damage there are for each fault: R.
        double reproduction() {
            return (double) damage.size() / faults.size();
        }

        int depth() {
            return damage.stream().mapToInt(Damage::depth).max().orElse(0);
        }

        /// The most pieces of damage at one depth.
        int breadth() {
            var sizes = new TreeMap<Integer, Integer>();
            damage.forEach(piece -> sizes.merge(piece.depth, 1, Integer::sum));
            return sizes.values().stream().max(Integer::compare).orElse(0);
        }

        @Override
        public List<String> inShort(Trace trace) {
            return List.of(
                    "faults concerned " + Ranks.inWords(targets),
                    "damage: "
                            + Quantity.count(damage.size(), "failure")
                            + " of others, the deepest at depth "
                            + damage.stream().mapToInt(Damage::depth).max().orElse(0));
        }

        @Override
        public List<Fact> facts() {
            var facts = new ArrayList<Fact>();
            faults.forEach(entry -> facts.add(new Fact(entry, "a fault")));
            for (var piece : damage) {
                facts.add(
                        new Fact(
                                piece.failure,
                                "damage at depth %d, which entry %s led to by way of %s"
                                        .formatted(
                                                piece.depth,
                                                Quantity.count(piece.by),
                                                piece.through == piece.failure
                                                        ? "its own causes"
                                                        : "entry "
                                                                + Quantity.count(piece.through))));
            }
            return facts;
        }
    }

    /// What led to a failure.
    ///
    /// @param by the failure or fault before it
    /// @param through the entry whose causes lead there
    private record Origin(int by, int through) {}

    private static boolean isFailure(Observation what) {
        return what instanceof StatusChanged change && change.to() == PartitionStatus.FAILED;
    }

    private static boolean isFault(Observation what) {
        return what instanceof FaultInjected
                || what instanceof ActionTaken action && Heal.isPlayed(action);
    }

    /// What led to what in a trace.
    private static final class Lineage {
        final Trace trace;
        final Duration within;
        final List<Integer> faults = new ArrayList<>();
        final Set<PartitionId> targets = new TreeSet<>();
        final List<Trace.Entry> failures = new ArrayList<>();
        private final int[] troubles;
        private final int[] recoveries;
        private final Map<PartitionId, TreeSet<Integer>> failuresOf = new HashMap<>();
        private final Map<Integer, Integer> touched = new HashMap<>();
        private final Map<Integer, Integer> depths = new HashMap<>();

        Lineage(Trace trace, Duration within) {
            this.trace = trace;
            this.within = within;
            this.troubles = last(trace, what -> isFault(what) || isFailure(what));
            this.recoveries = last(trace, what -> recovered(what).isPresent());
            var lastTouch = new HashMap<PartitionId, Integer>();
            var beforeSuspicion = new HashMap<PartitionId, Integer>();
            int lastPause = -1;
            for (var entry : trace) {
                switch (entry.what()) {
                    case FaultInjected fault -> {
                        faults.add(entry.index());
                        targets.addAll(fault.targets());
                    }
                    case ActionTaken action when Heal.isPlayed(action) -> faults.add(entry.index());
                    case PartitionDown(var partition, _) when isDueToAFault(entry) ->
                            targets.add(partition);
                    case Reported report when isDueToAFault(entry) ->
                            targets.add(report.partition());
                    case Paused _, Resumed _ -> lastPause = entry.index();
                    case EntitiesMoved(var from, var to, _) -> {
                        lastTouch.put(from, entry.index());
                        lastTouch.put(to, entry.index());
                    }
                    case StatusChanged change -> {
                        var partition = change.partition();
                        if (change.from() == PartitionStatus.HEALTHY) {
                            if (change.to() == PartitionStatus.SUSPECTED && isPlayed(entry)) {
                                targets.add(partition);
                            }
                            int touch = Math.max(lastPause, lastTouch.getOrDefault(partition, -1));
                            beforeSuspicion.put(partition, isRecent(touch, entry) ? touch : -1);
                        }
                        if (isFailure(change)) {
                            failures.add(entry);
                            failuresOf
                                    .computeIfAbsent(partition, _ -> new TreeSet<>())
                                    .add(entry.index());
                            touched.put(
                                    entry.index(),
                                    change.reason() == StatusReason.HEARTBEAT_MISS
                                            ? beforeSuspicion.getOrDefault(partition, -1)
                                            : -1);
                        }
                    }
                    default -> {}
                }
            }
        }

        private boolean isRecent(int touch, Trace.Entry entry) {
            return touch >= 0 && entry.time().since(trace.get(touch).time()).compareTo(within) <= 0;
        }

        /// Whether a fault led to something, and no failure in between.
        private boolean isDueToAFault(Trace.Entry entry) {
            return trouble(entry).filter(cause -> isFault(cause.what())).isPresent();
        }

        private boolean isPlayed(Trace.Entry entry) {
            return trouble(entry).filter(cause -> cause.what() instanceof ActionTaken).isPresent();
        }

        /// For every entry, the last entry of a certain kind in the chain of its causes, or none.
        private static int[] last(Trace trace, Predicate<Observation> kind) {
            int[] last = new int[trace.size()];
            for (var entry : trace) {
                int cause = entry.cause();
                last[entry.index()] =
                        cause == Trace.NO_CAUSE || kind.test(trace.get(cause).what())
                                ? cause
                                : last[cause];
            }
            return last;
        }

        private Optional<Trace.Entry> at(int index) {
            return index == Trace.NO_CAUSE ? Optional.empty() : Optional.of(trace.get(index));
        }

        /// The last fault or failure that led to an entry.
        private Optional<Trace.Entry> trouble(Trace.Entry entry) {
            return at(troubles[entry.index()]);
        }

        /// What led to a failure.
        Optional<Origin> origin(Trace.Entry failure) {
            int touch = touched.getOrDefault(failure.index(), -1);
            if (touch >= 0) {
                return recoveryBehind(touch)
                        .flatMap(recovery -> failureBefore(recovery))
                        .map(cause -> new Origin(cause, touch));
            }
            // A detector's timer runs on for ever; what it found long ago did not lead to this.
            return trouble(failure)
                    .filter(cause -> isFault(cause.what()) || isRecent(cause.index(), failure))
                    .map(cause -> new Origin(cause.index(), failure.index()));
        }

        /// The step of a recovery that is, or led to, what was done to a partition.
        private Optional<Trace.Entry> recoveryBehind(int touch) {
            return at(recoveries[touch]);
        }

        /// The failure that a recovery is about.
        private Optional<Integer> failureBefore(Trace.Entry recovery) {
            var partition = recovered(recovery.what()).orElseThrow();
            var ofIt = failuresOf.getOrDefault(partition, new TreeSet<>());
            return Optional.ofNullable(ofIt.lower(recovery.index()));
        }

        private static Optional<PartitionId> recovered(Observation what) {
            return switch (what) {
                case LockGranted(var partition, _) -> Optional.of(partition);
                case PhaseEntered phase -> Optional.of(phase.partition());
                default -> Optional.empty();
            };
        }

        /// How many failures of others there are from a fault to this one; 0 for a partition that a
        /// fault concerned and that nothing else led to.
        int depth(int failure) {
            var known = depths.get(failure);
            if (known != null) {
                return known;
            }
            var entry = trace.get(failure);
            var partition = ((StatusChanged) entry.what()).partition();
            int depth =
                    origin(entry)
                            .map(origin ->
                                    isFault(trace.get(origin.by()).what())
                                            ? (targets.contains(partition) ? 0 : 1)
                                            : depth(origin.by()) + 1)
                            .orElse(0);
            depths.put(failure, depth);
            return depth;
        }
    }

    @Override
    public List<Finding> find(History history) {
        var trace = history.trace();
        var circumstances = history.circumstances();
        if (trace.stream().filter(entry -> isFailure(entry.what())).limit(LEAST_DAMAGE).count()
                < LEAST_DAMAGE) {
            return List.of();
        }
        var lineage = new Lineage(trace, circumstances.bound());
        var damage = new ArrayList<Damage>();
        for (var failure : lineage.failures) {
            var partition = ((StatusChanged) failure.what()).partition();
            int depth = lineage.depth(failure.index());
            if (!lineage.targets.contains(partition) && depth > 0) {
                var origin = lineage.origin(failure).orElseThrow();
                damage.add(
                        new Damage(
                                partition, failure.index(), origin.by(), origin.through(), depth));
            }
        }
        var spread =
                new Spread(
                        List.copyOf(lineage.faults),
                        List.copyOf(lineage.targets),
                        List.copyOf(damage),
                        circumstances.bound());
        boolean isCascade =
                !lineage.faults.isEmpty()
                        && (spread.depth() >= LEAST_DEPTH
                                || damage.size() >= LEAST_DAMAGE && spread.reproduction() >= 1);
        return isCascade ? List.of(finding(trace, spread)) : List.of();
    }

    private Finding finding(Trace trace, Spread spread) {
        var first = trace.get(spread.damage().getFirst().failure());
        var last = trace.get(spread.damage().getLast().failure());
        SimTime healed = Heal.of(trace).at();
        var hit = new HashSet<PartitionId>();
        spread.damage().forEach(piece -> hit.add(piece.partition()));
        return new Finding(
                name(),
                "",
                Certainty.FOUND,
                first.time(),
                last.time(),
                first.index(),
                String.format(
                        Locale.ROOT,
                        "%s of %s that no fault concerned: R = %.2f, depth %d," + " breadth %d%s",
                        Quantity.count(spread.damage().size(), "failure"),
                        Quantity.count(hit.size(), "partition"),
                        spread.reproduction(),
                        spread.depth(),
                        spread.breadth(),
                        last.time().isAfter(healed)
                                ? ", and growing after the last fault was over"
                                : ""),
                spread);
    }
}
