package io.faultline.report.chart;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.Trace;
import io.faultline.model.Kind;
import io.faultline.model.cluster.Location;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.cluster.Topology;
import io.faultline.model.observation.Observed.DownCause;
import io.faultline.model.observation.Observed.FaultHealed;
import io.faultline.model.observation.Observed.FaultInjected;
import io.faultline.model.observation.Observed.HandlerPlaced;
import io.faultline.model.observation.Observed.NodeCrashed;
import io.faultline.model.observation.Observed.NodePaused;
import io.faultline.model.observation.Observed.NodeRestarted;
import io.faultline.model.observation.Observed.NodeResumed;
import io.faultline.model.observation.Observed.NodeStopped;
import io.faultline.model.observation.Observed.PartitionDown;
import io.faultline.model.observation.Observed.PartitionPlaced;
import io.faultline.model.observation.Observed.PartitionUp;
import io.faultline.model.observation.Observed.QuorumBack;
import io.faultline.model.observation.Observed.QuorumGone;
import io.faultline.model.observation.Observed.QuorumLost;
import io.faultline.model.observation.Observed.QuorumRestored;
import io.faultline.model.observation.Observed.StatusChanged;
import io.faultline.model.observation.Observed.ViewQuorumLost;
import io.faultline.model.observation.Observed.ViewQuorumRestored;
import io.faultline.report.Result;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;

/// Who was taken for what, who was really down, and which faults were in force, when: the numbers
/// behind the [HealthMap].
///
/// @param rows a row for each partition, regions together, in order of rank
/// @param faults the faults that were injected
/// @param quorumLost when the coordinator believed that there was no quorum
/// @param views when each of the handlers did
/// @param majorityGone when there was none in truth
/// @param coordinator when the coordinator's node was down
record Health(
        List<Row> rows,
        List<Band> faults,
        List<Span> quorumLost,
        SequencedMap<String, List<Span>> views,
        List<Span> majorityGone,
        List<Down> coordinator) {

    /// The faults that take their nodes down one after the other, or again and again.
    private static final Set<String> IN_PIECES =
            Set.of("failure-trace", "flapping", "restart", "swizzle");

    /// A partition's run.
    ///
    /// @param beliefs the times at which it was not taken to be healthy
    /// @param downs the times at which it was down
    record Row(PartitionId partition, Location place, List<Belief> beliefs, List<Down> downs) {}

    /// A time.
    record Span(SimTime from, SimTime to) {}

    /// A partition had a status for a time.
    record Belief(PartitionStatus status, SimTime from, SimTime to) {}

    /// A partition was down for a time.
    record Down(DownCause cause, SimTime from, SimTime to) {}

    /// A fault was in force for a time.
    ///
    /// @param occurrence for the how manieth time, from 1
    /// @param detail its parameters
    /// @param outages what it did one after the other, if it is of a kind that does; in order of
    ///   time
    record Band(
            int fault,
            int occurrence,
            String kind,
            String detail,
            List<PartitionId> targets,
            SimTime from,
            SimTime to,
            List<Outage> outages) {}

    /// A fault had a node down for a time.
    ///
    /// @param node the node, or nothing if it was cut off rather than down
    /// @param partitions those on it
    record Outage(Optional<NodeId> node, List<PartitionId> partitions, SimTime from, SimTime to) {}

    static Health of(Result result) {
        var fold = new Fold(result.outcome().clock(), result.places());
        result.trace().forEach(fold::see);
        return fold.end();
    }

    /// One line for each change: `partition,region,zone,rack,fact,value,from_ns,to_ns`.
    String csv() {
        var csv = new StringBuilder("subject,region,zone,rack,fact,value,from_ns,to_ns\n");
        for (var fault : faults) {
            var name =
                    "fault "
                            + fault.fault()
                            + (fault.occurrence() == 1 ? "" : " #" + fault.occurrence());
            line(csv, name, "", "fault", fault.kind(), fault.from(), fault.to());
            for (var outage : fault.outages()) {
                var who = outage.partitions().stream().map(PartitionId::toString).toList();
                var what = outage.node().map(NodeId::name).orElse(String.join(" ", who));
                line(csv, name, "", "outage", what, outage.from(), outage.to());
            }
        }
        for (var lost : quorumLost) {
            line(csv, "quorum", "", "status", "lost", lost.from(), lost.to());
        }
        views.forEach((handler, losses) ->
                losses.forEach(lost ->
                        line(
                                csv,
                                "quorum of " + handler,
                                "",
                                "status",
                                "lost",
                                lost.from(),
                                lost.to())));
        for (var gone : majorityGone) {
            line(csv, "quorum", "", "truth", "gone", gone.from(), gone.to());
        }
        for (var down : coordinator) {
            line(csv, "coordinator", "", "truth", down);
        }
        for (var row : rows) {
            var name = row.partition().toString();
            for (var belief : row.beliefs()) {
                var status = Kind.name(belief.status());
                line(csv, name, place(row), "status", status, belief.from(), belief.to());
            }
            row.downs().forEach(down -> line(csv, name, place(row), "truth", down));
        }
        return csv.toString();
    }

    private static String place(Row row) {
        var place = row.place();
        return place.region() + "," + place.zone() + "," + place.rack();
    }

    private static void line(
            StringBuilder csv, String subject, String place, String fact, Down down) {
        line(csv, subject, place, fact, Kind.name(down.cause()), down.from(), down.to());
    }

    private static void line(
            StringBuilder csv,
            String subject,
            String place,
            String fact,
            String value,
            SimTime from,
            SimTime to) {
        csv.append(
                String.join(
                        ",",
                        subject,
                        place.isEmpty() ? ",," : place,
                        fact,
                        value,
                        Long.toString(from.nanos()),
                        Long.toString(to.nanos())));
        csv.append('\n');
    }

    private static final class Fold {
        private static final Number NOBODY = new Number(-1, 0);

        private final SimTime end;
        private final SequencedMap<PartitionId, Location> places;
        private final Map<PartitionId, Partition> partitions = new TreeMap<>();
        private final Map<String, List<PartitionId>> residents = new TreeMap<>();
        private final Map<Number, OpenFault> open = new TreeMap<>();
        private final List<OpenFault> closed = new ArrayList<>();
        // For each entry, the last fault on the way to it.
        private final List<Number> faultOf = new ArrayList<>();
        private final Map<String, OpenOutage> outages = new TreeMap<>();
        private final OnOff belief = new OnOff();
        private final SequencedMap<String, OnOff> views = new LinkedHashMap<>();
        private final OnOff truth = new OnOff();
        private final Partition coordinator = new Partition(new PartitionId(0));

        Fold(SimTime end, SequencedMap<PartitionId, Location> places) {
            this.end = end;
            this.places = places;
        }

        void see(Trace.Entry entry) {
            var now = entry.time();
            faultOf.add(entry.cause() == Trace.NO_CAUSE ? NOBODY : faultOf.get(entry.cause()));
            switch (entry.what()) {
                case PartitionPlaced placed -> {
                    partition(placed.partition()).place =
                            places.getOrDefault(
                                    placed.partition(), new Location(placed.region(), "", ""));
                    residents
                            .computeIfAbsent(placed.node().name(), _ -> new ArrayList<>())
                            .add(placed.partition());
                }
                case StatusChanged change -> partition(change.partition()).become(change.to(), now);
                case PartitionDown(var id, var cause) -> {
                    partition(id).goDown(cause, now);
                    open.values().forEach(fault -> fault.down(id, now));
                    if (cause == DownCause.CUT_OFF) {
                        begin(id.toString(), Optional.empty(), List.of(id), now);
                    }
                }
                case PartitionUp(var id) -> {
                    partition(id).comeUp(now);
                    open.values().forEach(fault -> fault.up(id, now));
                    finish(id.toString(), now);
                }
                case NodeCrashed(var node) -> goDown(node, DownCause.CRASHED, now);
                case NodeStopped(var node) -> goDown(node, DownCause.STOPPED, now);
                case NodePaused(var node) -> goDown(node, DownCause.PAUSED, now);
                case NodeRestarted(var node, _) -> comeUp(node, now);
                case NodeResumed(var node) -> comeUp(node, now);
                case QuorumLost _ -> belief.begin(now);
                case QuorumRestored _ -> belief.finish(now);
                case HandlerPlaced(var handler, _) -> views.put(handler, new OnOff());
                case ViewQuorumLost _ -> view(entry).begin(now);
                case ViewQuorumRestored _ -> view(entry).finish(now);
                case QuorumGone _ -> truth.begin(now);
                case QuorumBack _ -> truth.finish(now);
                case FaultInjected fault -> {
                    var number = new Number(fault.fault(), fault.occurrence());
                    open.put(number, new OpenFault(fault, now));
                    faultOf.set(entry.index(), number);
                }
                case FaultHealed healed -> {
                    var fault = open.remove(new Number(healed.fault(), healed.occurrence()));
                    if (fault != null) {
                        fault.to = now;
                        closed.add(fault);
                    }
                }
                default -> {}
            }
        }

        private Partition partition(PartitionId id) {
            return partitions.computeIfAbsent(id, Partition::new);
        }

        private OnOff view(Trace.Entry entry) {
            return views.computeIfAbsent(entry.actor(), _ -> new OnOff());
        }

        private void goDown(NodeId node, DownCause cause, SimTime now) {
            if (node.equals(Topology.COORDINATOR)) {
                coordinator.goDown(cause, now);
            }
            var those = residents.getOrDefault(node.name(), List.of());
            begin(node.name(), Optional.of(node), those, now);
        }

        private void comeUp(NodeId node, SimTime now) {
            if (node.equals(Topology.COORDINATOR)) {
                coordinator.comeUp(now);
            }
            finish(node.name(), now);
        }

        /// Somebody goes down; if it is by a fault in pieces, that is one of them.
        private void begin(
                String who, Optional<NodeId> node, List<PartitionId> those, SimTime now) {
            var fault = open.get(faultOf.getLast());
            if (fault != null && IN_PIECES.contains(fault.fault.kind())) {
                outages.putIfAbsent(who, new OpenOutage(fault, node, those, now));
            }
        }

        private void finish(String who, SimTime now) {
            var outage = outages.remove(who);
            if (outage != null) {
                outage.fault.outages.add(
                        new Outage(outage.node, outage.partitions, outage.from, now));
            }
        }

        Health end() {
            List.copyOf(outages.keySet()).forEach(who -> finish(who, end));
            for (var fault : open.values()) {
                boolean isOver = fault.mended != null && fault.outages.isEmpty();
                fault.to = isOver ? fault.mended : end;
                closed.add(fault);
            }
            var bands = new ArrayList<>(closed.stream().map(OpenFault::band).toList());
            bands.sort(
                    Comparator.comparing(Band::from)
                            .thenComparing(Band::fault)
                            .thenComparing(Band::occurrence));
            var regions = new ArrayList<String>();
            for (var partition : partitions.values()) {
                partition.become(PartitionStatus.HEALTHY, end);
                partition.comeUp(end);
                if (!regions.contains(partition.place.region())) {
                    regions.add(partition.place.region());
                }
            }
            var rows = new ArrayList<Row>();
            for (var region : regions) {
                for (var partition : partitions.values()) {
                    if (partition.place.region().equals(region)) {
                        rows.add(partition.row());
                    }
                }
            }
            coordinator.comeUp(end);
            var beliefs = new LinkedHashMap<String, List<Span>>();
            views.forEach((handler, view) -> beliefs.put(handler, view.until(end)));
            return new Health(
                    rows,
                    bands,
                    belief.until(end),
                    beliefs,
                    truth.until(end),
                    coordinator.row().downs());
        }
    }

    /// Which fault, and for the how manieth time.
    private record Number(int fault, int occurrence) implements Comparable<Number> {
        @Override
        public int compareTo(Number other) {
            return fault == other.fault
                    ? Integer.compare(occurrence, other.occurrence)
                    : Integer.compare(fault, other.fault);
        }
    }

    private record OpenOutage(
            OpenFault fault, Optional<NodeId> node, List<PartitionId> partitions, SimTime from) {}

    /// The times at which something was so.
    private static final class OnOff {
        private final List<Span> spans = new ArrayList<>();
        private SimTime since;

        void begin(SimTime now) {
            since = since == null ? now : since;
        }

        void finish(SimTime now) {
            if (since != null) {
                spans.add(new Span(since, now));
                since = null;
            }
        }

        List<Span> until(SimTime end) {
            finish(end);
            return List.copyOf(spans);
        }
    }

    private static final class Partition {
        private final PartitionId id;
        private final List<Belief> beliefs = new ArrayList<>();
        private final List<Down> downs = new ArrayList<>();
        Location place = new Location("", "", "");
        private PartitionStatus status = PartitionStatus.HEALTHY;
        private SimTime since = SimTime.ZERO;
        private DownCause cause;
        private SimTime downSince;

        Partition(PartitionId id) {
            this.id = id;
        }

        void become(PartitionStatus next, SimTime now) {
            if (status != PartitionStatus.HEALTHY) {
                beliefs.add(new Belief(status, since, now));
            }
            status = next;
            since = now;
        }

        void goDown(DownCause why, SimTime now) {
            if (cause == null) {
                cause = why;
                downSince = now;
            }
        }

        void comeUp(SimTime now) {
            if (cause != null) {
                downs.add(new Down(cause, downSince, now));
                cause = null;
            }
        }

        Row row() {
            return new Row(id, place, List.copyOf(beliefs), List.copyOf(downs));
        }
    }

    /// A fault that was not healed as planned is in force until all that it took down is up again.
    private static final class OpenFault {
        private final FaultInjected fault;
        private final SimTime from;
        private final Set<PartitionId> downed = new HashSet<>();
        private final List<Outage> outages = new ArrayList<>();
        private SimTime mended;
        private SimTime to;

        OpenFault(FaultInjected fault, SimTime from) {
            this.fault = fault;
            this.from = from;
        }

        void down(PartitionId partition, SimTime now) {
            if (now.equals(from) && fault.targets().contains(partition)) {
                downed.add(partition);
            }
        }

        void up(PartitionId partition, SimTime now) {
            if (downed.remove(partition) && downed.isEmpty()) {
                mended = now;
            }
        }

        Band band() {
            var inOrder = new ArrayList<>(outages);
            inOrder.sort(Comparator.comparing(Outage::from));
            return new Band(
                    fault.fault(),
                    fault.occurrence(),
                    fault.kind(),
                    fault.detail(),
                    fault.targets(),
                    from,
                    to,
                    List.copyOf(inOrder));
        }
    }
}
