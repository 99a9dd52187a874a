package io.faultline.scenario.campaign;

import io.faultline.kernel.Trace;
import io.faultline.model.Kind;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.fault.GracefulStop;
import io.faultline.model.observation.Observed.FaultHealed;
import io.faultline.model.observation.Observed.FaultInjected;
import io.faultline.model.observation.Observed.FaultTookEffect;
import io.faultline.model.observation.Observed.NodeCrashed;
import io.faultline.model.observation.Observed.NodeReplaced;
import io.faultline.model.observation.Observed.NodeRestarted;
import io.faultline.model.observation.Observed.NodeStopped;
import io.faultline.model.observation.Observed.NodeWiped;
import io.faultline.model.observation.Observed.PartitionDown;
import io.faultline.model.observation.Observed.PartitionPlaced;
import io.faultline.model.observation.Observed.PartitionUp;
import io.faultline.model.observation.Observed.PhaseEntered;
import io.faultline.model.recovery.RecoveryPhase;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Which kinds of faults and which phases of a recovery were hit together: in how many runs a fault
/// of the kind was in effect while a recovery was in that phase.
///
/// A fault is in effect from the first time that it changes anything to its end; one that brings
/// nodes down, as long as they are down because of it. The recovery of a partition on such a node
/// does not count then, unless it was under way when the node went down: it is what follows from
/// the fault, and every recovery would have met one.
///
/// @param runs the number of runs, by the fault's kind and the phase's name
public record Coverage(SortedMap<String, SortedMap<String, Long>> runs) {

    /// Where no recovery is under way.
    public static final String CALM = "calm";

    private static final String STOP = Kind.name(GracefulStop.class);
    private static final long FOREVER = Long.MAX_VALUE;

    private static final Set<RecoveryPhase> OVER =
            EnumSet.of(RecoveryPhase.COMPLETE, RecoveryPhase.FAILED);

    /// Nothing.
    static final Coverage NONE = new Coverage(new TreeMap<>());

    public Coverage {
        var copy = new TreeMap<String, SortedMap<String, Long>>();
        runs.forEach((kind, phases) ->
                copy.put(kind, Collections.unmodifiableSortedMap(new TreeMap<>(phases))));
        runs = Collections.unmodifiableSortedMap(copy);
    }

    /// The phases in which a fault may be in effect, in order.
    public static List<String> phases() {
        return Stream.concat(
                        Stream.of(CALM),
                        Arrays.stream(RecoveryPhase.values())
                                .filter(phase -> !OVER.contains(phase))
                                .map(Kind::name))
                .toList();
    }

    /// What one run covers.
    static Coverage of(Trace trace) {
        var recoveries = InPhase.of(trace);
        var runs = new TreeMap<String, SortedMap<String, Long>>();
        for (var spell : Spell.of(trace)) {
            var row = runs.computeIfAbsent(spell.kind, _ -> new TreeMap<>());
            long calmFrom = spell.from;
            for (var recovery : recoveries) {
                if (recovery.from >= spell.to) {
                    break;
                }
                if (recovery.to > spell.from && !spell.without.contains(recovery.partition)) {
                    row.put(Kind.name(recovery.phase), 1L);
                }
                if (recovery.from > calmFrom) {
                    row.put(CALM, 1L);
                }
                calmFrom = Math.max(calmFrom, recovery.to);
            }
            if (calmFrom < spell.to) {
                row.put(CALM, 1L);
            }
        }
        return new Coverage(runs);
    }

    /// For how long a recovery was in a phase, in nanoseconds, the end not included; one if it left
    /// it at once.
    private record InPhase(PartitionId partition, RecoveryPhase phase, long from, long to) {

        /// In the order in which they began.
        static List<InPhase> of(Trace trace) {
            var open = new LinkedHashMap<PartitionId, Trace.Entry>();
            var all = new ArrayList<InPhase>();
            for (var entry : trace) {
                if (entry.what() instanceof PhaseEntered entered) {
                    close(all, open.remove(entered.partition()), entry.time().nanos());
                    if (!OVER.contains(entered.phase())) {
                        open.put(entered.partition(), entry);
                    }
                }
            }
            open.values().forEach(entry -> close(all, entry, FOREVER));
            all.sort(Comparator.comparingLong(InPhase::from));
            return all;
        }

        private static void close(List<InPhase> all, Trace.Entry entry, long end) {
            if (entry != null) {
                var entered = (PhaseEntered) entry.what();
                long from = entry.time().nanos();
                all.add(
                        new InPhase(
                                entered.partition(),
                                entered.phase(),
                                from,
                                Math.max(end, from + 1)));
            }
        }
    }

    /// For how long a fault was in effect, in nanoseconds, the end not included.
    ///
    /// @param without the partitions whose recoveries do not count, since this is what they are for
    private record Spell(String kind, long from, long to, Set<PartitionId> without) {

        static List<Spell> of(Trace trace) {
            var hosted = new HashMap<NodeId, Set<PartitionId>>();
            var strikes = new LinkedHashMap<Strike, Course>();
            for (var entry : trace) {
                long now = entry.time().nanos();
                switch (entry.what()) {
                    case PartitionPlaced placed ->
                            hosted.computeIfAbsent(placed.node(), _ -> new HashSet<>())
                                    .add(placed.partition());
                    case FaultInjected fault ->
                            strikes.put(
                                    new Strike(fault.fault(), fault.occurrence()),
                                    new Course(fault));
                    case FaultTookEffect(int fault, int occurrence) ->
                            strikes.get(new Strike(fault, occurrence)).effect = now;
                    case FaultHealed(int fault, _, int occurrence) ->
                            strikes.get(new Strike(fault, occurrence)).end = now;
                    case NodeCrashed(NodeId node) ->
                            Strike.of(trace, entry)
                                    .map(strikes::get)
                                    .ifPresent(c -> c.down(node, now));
                    case NodeStopped(NodeId node) ->
                            Strike.of(trace, entry)
                                    .map(strikes::get)
                                    .filter(Course::isStop)
                                    .map(Stream::of)
                                    .orElseGet(() ->
                                            stopping(strikes, hosted.getOrDefault(node, Set.of())))
                                    .forEach(course -> course.down(node, now));
                    case NodeRestarted(NodeId node, _) ->
                            strikes.values().forEach(course -> course.up(node, now, hosted));
                    default -> {}
                }
            }
            return strikes.values().stream().flatMap(course -> course.spells(hosted)).toList();
        }

        /// What stops a node that first did what it had to do. A node without partitions has
        /// nothing to do, and stops at once.
        private static Stream<Course> stopping(
                Map<Strike, Course> strikes, Set<PartitionId> partitions) {
            return strikes.values().stream().filter(course -> course.stops(partitions));
        }
    }

    /// One of the times that a fault struck.
    private record Strike(int fault, int occurrence) {

        /// The strike that did something to a node itself, and not by what others made of it.
        static Optional<Strike> of(Trace trace, Trace.Entry entry) {
            for (var at = entry; at.cause() != Trace.NO_CAUSE; ) {
                at = trace.get(at.cause());
                switch (at.what()) {
                    case FaultInjected fault -> {
                        return Optional.of(new Strike(fault.fault(), fault.occurrence()));
                    }
                    case FaultTookEffect(int fault, int occurrence) -> {
                        return Optional.of(new Strike(fault, occurrence));
                    }
                    case NodeCrashed _,
                            NodeStopped _,
                            NodeWiped _,
                            NodeReplaced _,
                            NodeRestarted _,
                            PartitionDown _,
                            PartitionUp _ -> {}
                    default -> {
                        return Optional.empty();
                    }
                }
            }
            return Optional.empty();
        }
    }

    /// What a fault did, one of the times that it struck. If it brought nodes down, it is in effect
    /// while they are, and from its first effect until then; otherwise from that to its end.
    private static final class Course {
        private final FaultInjected fault;
        private final Map<NodeId, Long> down = new LinkedHashMap<>();
        private final List<Spell> spells = new ArrayList<>();
        private long effect = FOREVER;
        private long end = FOREVER;

        Course(FaultInjected fault) {
            this.fault = fault;
        }

        boolean isStop() {
            return fault.kind().equals(STOP);
        }

        /// Whether it is by this that a node with these partitions has stopped, which it does when
        /// it has done what it had to do.
        boolean stops(Set<PartitionId> partitions) {
            return isStop()
                    && effect < FOREVER
                    && end == FOREVER
                    && fault.targets().stream().anyMatch(partitions::contains);
        }

        /// A recovery that is under way at this instant is struck, whichever it is.
        void down(NodeId node, long now) {
            spells.add(new Spell(fault.kind(), now, now + 1, Set.of()));
            down.put(node, now);
        }

        void up(NodeId node, long now, Map<NodeId, Set<PartitionId>> hosted) {
            var from = down.remove(node);
            if (from != null && from < now) {
                spells.add(new Spell(fault.kind(), from, now, hosted.getOrDefault(node, Set.of())));
            }
        }

        Stream<Spell> spells(Map<NodeId, Set<PartitionId>> hosted) {
            List.copyOf(down.keySet()).forEach(node -> up(node, FOREVER, hosted));
            if (effect < FOREVER) {
                long to = spells.isEmpty() ? end : spells.getFirst().from;
                spells.add(new Spell(fault.kind(), effect, Math.max(to, effect + 1), Set.of()));
            }
            return spells.stream();
        }
    }

    /// What both cover. Neither order nor grouping matters.
    public Coverage merge(Coverage other) {
        var all = new TreeMap<String, SortedMap<String, Long>>();
        for (var part : List.of(this, other)) {
            part.runs.forEach((kind, phases) -> {
                var row = all.computeIfAbsent(kind, _ -> new TreeMap<>());
                phases.forEach((phase, count) -> row.merge(phase, count, Long::sum));
            });
        }
        return new Coverage(all);
    }

    /// Whether this has something that `other` does not have.
    boolean isNewTo(Coverage other) {
        return runs.entrySet().stream()
                .anyMatch(row ->
                        !other.row(row.getKey()).keySet().containsAll(row.getValue().keySet()));
    }

    /// The phases in which faults of a kind were never in effect, by kind.
    ///
    /// @param kinds the kinds that could have
    public SortedMap<String, List<String>> missing(Collection<String> kinds) {
        var missing = new TreeMap<String, List<String>>();
        for (var kind : kinds) {
            var never = phases().stream().filter(phase -> !row(kind).containsKey(phase)).toList();
            if (!never.isEmpty()) {
                missing.put(kind, never);
            }
        }
        return missing;
    }

    private Map<String, Long> row(String kind) {
        return runs.getOrDefault(kind, Collections.emptySortedMap());
    }
}
