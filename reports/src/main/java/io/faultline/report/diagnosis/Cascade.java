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
import io.faultline.model.observation.Observed.PartitionUp;
import io.faultline.model.observation.Observed.Paused;
import io.faultline.model.observation.Observed.PhaseEntered;
import io.faultline.model.observation.Observed.Reported;
import io.faultline.model.observation.Observed.Resumed;
import io.faultline.model.observation.Observed.StatusChanged;
import io.faultline.model.observation.Observed.TransferRerouted;
import io.faultline.model.recovery.RecoveryPhase;
import io.faultline.report.Quantity;
import io.faultline.report.Ranks;
import io.faultline.report.diagnosis.Finding.Certainty;
import io.faultline.report.verdict.Concern;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
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

/// Failures led to failures. *Damage* is a partition that no fault concerned and that fails, or
/// that serves nobody for longer than `slo` ([Service]). Whoever is declared failed by mistake is
/// damaged only if he serves nobody for longer than `slo` while he is taken for failed. It is a
/// cascade if damage led to damage (depth 2), or if at least two partitions failed and there is at
/// least as much damage as there were faults: its reproduction number R, damage over faults, is 1
/// or more.
///
/// What led to what is read off the trace, by what happened before (Lamport, *Time, clocks, and the
/// ordering of events in a distributed system*, CACM 21(7), 1978): the chain of causes of a failure
/// leads back to the failure before it. That somebody was silent, or served nobody, has no cause in
/// the trace; what came before it is the last thing that a recovery did to the partition before, no
/// longer ago than the bound: a pause, its end, the beginning of a phase that moves entities, or a
/// transfer to or from it. That it came before is not yet proof; whether the damage is missing in a
/// run without the fault is for a campaign to say.
///
/// "A failure that grows over time as a result of positive feedback" is that of Beyer et al., *Site
/// Reliability Engineering* (2016), chapter 22.
public record Cascade() implements Diagnosis {

    private static final int LEAST_DEPTH = 2;
    private static final int LEAST_FAILURES = 2;

    @Override
    public String description() {
        return "failures lead to failures, or loss of service, of partitions that no fault"
                + " concerns";
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
    /// @param failed whether it failed; else it lost service
    /// @param entry the entry with which it failed, or with which its loss of service is seen first
    /// @param by the entry of the failure or the fault that led to it
    /// @param through an entry that came before it and whose causes lead back there: its own, or
    ///   what recovery did to the partition before it fell silent
    /// @param depth how many pieces of damage there are from the fault to it
    public record Damage(
            PartitionId partition, boolean failed, int entry, int by, int through, int depth) {}

    /// All damage, in order of time.
    ///
    /// @param faults the entries with which faults began or were played
    /// @param targets whom they concerned
    /// @param damage what came of it
    /// @param within how long before suspicion recovery may have done something to a partition
    /// @param slo for how long a partition may serve nobody
    /// @param end when the run ended
    public record Spread(
            List<Integer> faults,
            List<PartitionId> targets,
            List<Damage> damage,
            Duration within,
            Duration slo,
            SimTime end)
            implements Certificate {

        @Override
        public boolean verify(Trace trace) {
            var lineage = new Lineage(trace, within, slo, end);
            return new HashSet<>(lineage.damage()).containsAll(damage)
                    && new HashSet<>(damage).size() == damage.size()
                    && faults.equals(lineage.faults)
                    && List.copyOf(lineage.targets).equals(targets);
        }

        /// How many of them failed.
        int failures() {
            return (int) damage.stream().filter(Damage::failed).count();
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
                                piece.entry,
                                "damage at depth %d, %s, which entry %s led to by way of %s"
                                        .formatted(
                                                piece.depth,
                                                piece.partition
                                                        + (piece.failed
                                                                ? " fails"
                                                                : " loses service"),
                                                Quantity.count(piece.by),
                                                piece.through == piece.entry
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
        final Service service;
        final List<Integer> faults = new ArrayList<>();
        final Set<PartitionId> targets = new TreeSet<>();
        final List<Trace.Entry> failures = new ArrayList<>();
        private final int[] troubles;
        private final int[] recoveries;
        private final Map<PartitionId, TreeSet<Integer>> failuresOf = new HashMap<>();
        private final Map<Integer, Integer> touched = new HashMap<>();
        private final Map<PartitionId, TreeSet<Integer>> touches = new HashMap<>();
        private final TreeSet<Integer> touchesOfAll = new TreeSet<>();
        private final Set<Integer> rightly = new HashSet<>(); // asked for members, never iterated
        private final Map<Integer, Integer> depths = new HashMap<>();

        Lineage(Trace trace, Duration within, Duration slo, SimTime end) {
            this.trace = trace;
            this.within = within;
            this.service = Service.of(trace, slo, end);
            this.troubles = last(trace, what -> isFault(what) || isFailure(what));
            this.recoveries = last(trace, what -> recovered(what).isPresent());
            var beforeSuspicion = new HashMap<PartitionId, Integer>();
            var down = new HashSet<PartitionId>(); // asked for members, never iterated
            for (var entry : trace) {
                switch (entry.what()) {
                    case FaultInjected fault -> {
                        faults.add(entry.index());
                        targets.addAll(fault.targets());
                    }
                    case ActionTaken action when Heal.isPlayed(action) -> faults.add(entry.index());
                    case PartitionDown(var partition, _) -> {
                        down.add(partition);
                        if (isDueToAFault(entry)) {
                            targets.add(partition);
                        }
                    }
                    case PartitionUp(var partition) -> down.remove(partition);
                    case Reported report when isDueToAFault(entry) ->
                            targets.add(report.partition());
                    case Paused _, Resumed _ -> touchesOfAll.add(entry.index());
                    case PhaseEntered phase when isMove(phase) -> touchesOfAll.add(entry.index());
                    case EntitiesMoved(var from, var to, _) -> {
                        touch(from, entry);
                        touch(to, entry);
                    }
                    case TransferRerouted rerouted -> touch(rerouted.to(), entry);
                    case StatusChanged change -> {
                        var partition = change.partition();
                        if (change.from() == PartitionStatus.HEALTHY) {
                            if (change.to() == PartitionStatus.SUSPECTED && isPlayed(entry)) {
                                targets.add(partition);
                            }
                            beforeSuspicion.put(
                                    partition, lastTouch(partition, entry.index(), entry.time()));
                        }
                        if (isFailure(change)) {
                            failures.add(entry);
                            if (down.contains(partition)) {
                                rightly.add(entry.index());
                            }
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

        private static boolean isMove(PhaseEntered phase) {
            return phase.phase() == RecoveryPhase.REDISTRIBUTING
                    || phase.phase() == RecoveryPhase.REBALANCING;
        }

        private void touch(PartitionId partition, Trace.Entry entry) {
            touches.computeIfAbsent(partition, _ -> new TreeSet<>()).add(entry.index());
        }

        /// The last thing that a recovery did to a partition, unless that is too long ago; else -1.
        private int lastTouch(PartitionId partition, int before, SimTime time) {
            var ofAll = touchesOfAll.lower(before);
            var ofIt = touches.getOrDefault(partition, new TreeSet<>()).lower(before);
            int touch = Math.max(ofAll == null ? -1 : ofAll, ofIt == null ? -1 : ofIt);
            return isRecent(touch, time) ? touch : -1;
        }

        private boolean isRecent(int touch, SimTime time) {
            return touch >= 0 && time.since(trace.get(touch).time()).compareTo(within) <= 0;
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
                return origin(touch);
            }
            // A detector's timer runs on for ever; what it found long ago did not lead to this.
            return trouble(failure)
                    .filter(cause ->
                            isFault(cause.what()) || isRecent(cause.index(), failure.time()))
                    .map(cause -> new Origin(cause.index(), failure.index()));
        }

        /// What led to a loss of service: whatever led to the pause, or to the going down; or, if
        /// operations were refused or late, what recovery did to the partition before.
        private Optional<Origin> origin(Service.Loss loss) {
            var span = loss.span();
            return switch (span.why()) {
                case PAUSED -> origin(span.entry());
                case DOWN ->
                        trouble(trace.get(span.entry()))
                                .map(cause -> new Origin(cause.index(), span.entry()));
                case UNSERVED -> {
                    int touch = lastTouch(loss.partition(), span.entry(), span.from());
                    yield touch < 0 ? Optional.empty() : origin(touch);
                }
            };
        }

        /// The failure that a recovery was about which did something, or for which entities went to
        /// another.
        private Optional<Origin> origin(int touch) {
            var cause =
                    trace.get(touch).what() instanceof TransferRerouted
                            ? trouble(trace.get(touch)).map(Trace.Entry::index)
                            : recoveryBehind(touch).flatMap(recovery -> failureBefore(recovery));
            return cause.map(by -> new Origin(by, touch));
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

        /// How many pieces of damage there are from a fault to this failure, with itself if it is
        /// one.
        int depth(int failure) {
            var known = depths.get(failure);
            if (known != null) {
                return known;
            }
            var entry = trace.get(failure);
            var partition = ((StatusChanged) entry.what()).partition();
            int own = isDamaged(entry, partition) ? 1 : 0;
            int depth = origin(entry).map(origin -> behind(origin) + own).orElse(0);
            depths.put(failure, depth);
            return depth;
        }

        private int behind(Origin origin) {
            return isFault(trace.get(origin.by()).what()) ? 0 : depth(origin.by());
        }

        /// Whether no fault concerns a partition that failed, and it did not go on serving.
        private boolean isDamaged(Trace.Entry failure, PartitionId partition) {
            if (targets.contains(partition)) {
                return false;
            }
            return rightly.contains(failure.index())
                    || service.isLostByFailing(partition, failure.time());
        }

        /// All damage, in order of time.
        List<Damage> damage() {
            var damage = new ArrayList<Damage>();
            for (var failure : failures) {
                var partition = ((StatusChanged) failure.what()).partition();
                int depth = depth(failure.index());
                if (depth > 0 && isDamaged(failure, partition)) {
                    var origin = origin(failure).orElseThrow();
                    damage.add(
                            new Damage(
                                    partition,
                                    true,
                                    failure.index(),
                                    origin.by(),
                                    origin.through(),
                                    depth));
                }
            }
            for (var loss : service.losses()) {
                if (!targets.contains(loss.partition())) {
                    origin(loss)
                            .map(origin ->
                                    new Damage(
                                            loss.partition(),
                                            false,
                                            loss.span().entry(),
                                            origin.by(),
                                            origin.through(),
                                            behind(origin) + 1))
                            .ifPresent(damage::add);
                }
            }
            damage.sort(Comparator.comparing(Damage::entry).thenComparing(Damage::partition));
            return List.copyOf(damage);
        }
    }

    /// The partitions that faults of a run concern, however they do.
    public static Set<PartitionId> concerned(Trace trace) {
        return new Lineage(trace, Duration.ZERO, Duration.ZERO, SimTime.ZERO).targets;
    }

    /// Whether a partition fails that no fault was aimed at. If none does, nothing led further than
    /// to some loss of service.
    private static boolean concernsOthers(Trace trace) {
        var targets = new HashSet<PartitionId>(); // asked for members, never iterated
        for (var entry : trace) {
            if (entry.what() instanceof FaultInjected fault) {
                targets.addAll(fault.targets());
            } else if (entry.what() instanceof StatusChanged change
                    && isFailure(change)
                    && !targets.contains(change.partition())) {
                return true;
            }
        }
        return false;
    }

    @Override
    public List<Finding> find(History history) {
        var trace = history.trace();
        var circumstances = history.circumstances();
        if (!concernsOthers(trace)) {
            return List.of();
        }
        var lineage =
                new Lineage(trace, circumstances.bound(), circumstances.slo(), circumstances.end());
        var spread =
                new Spread(
                        List.copyOf(lineage.faults),
                        List.copyOf(lineage.targets),
                        lineage.damage(),
                        circumstances.bound(),
                        circumstances.slo(),
                        circumstances.end());
        boolean isCascade =
                !lineage.faults.isEmpty()
                        && (spread.depth() >= LEAST_DEPTH
                                || spread.failures() >= LEAST_FAILURES
                                        && spread.reproduction() >= 1);
        return isCascade ? List.of(finding(trace, spread)) : List.of();
    }

    private static String counted(Spread spread) {
        var words = new ArrayList<String>();
        int lost = spread.damage().size() - spread.failures();
        if (spread.failures() > 0) {
            words.add(Quantity.count(spread.failures(), "failure"));
        }
        if (lost > 0) {
            words.add(
                    lost
                            + (lost == 1 ? " loss" : " losses")
                            + " of service for more than "
                            + Quantity.time(spread.slo().toNanos()));
        }
        return String.join(" and ", words);
    }

    private Finding finding(Trace trace, Spread spread) {
        var first =
                spread.damage().stream()
                        .filter(Damage::failed)
                        .findFirst()
                        .map(piece -> trace.get(piece.entry()))
                        .orElseThrow();
        var last = trace.get(spread.damage().getLast().entry());
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
                        "%s of %s that no fault concerned: R = %.2f, depth %d, breadth %d%s",
                        counted(spread),
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
