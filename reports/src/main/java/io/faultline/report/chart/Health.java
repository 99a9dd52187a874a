package io.faultline.report.chart;

import io.faultline.kernel.SimTime;
import io.faultline.model.Kind;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.observation.Observed.DownCause;
import io.faultline.model.observation.Observed.FaultHealed;
import io.faultline.model.observation.Observed.FaultInjected;
import io.faultline.model.observation.Observed.PartitionDown;
import io.faultline.model.observation.Observed.PartitionPlaced;
import io.faultline.model.observation.Observed.PartitionUp;
import io.faultline.model.observation.Observed.StatusChanged;
import io.faultline.report.Result;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Who was taken for what, who was really down, and which faults were in force, when: the numbers
/// behind the [HealthMap].
///
/// @param rows a row for each partition, regions together, in order of rank
/// @param faults the faults that were injected
record Health(List<Row> rows, List<Band> faults) {

    /// A partition's run.
    ///
    /// @param beliefs the times at which it was not taken to be healthy
    /// @param downs the times at which it was down
    record Row(PartitionId partition, String region, List<Belief> beliefs, List<Down> downs) {}

    /// A partition had a status for a time.
    record Belief(PartitionStatus status, SimTime from, SimTime to) {}

    /// A partition was down for a time.
    record Down(DownCause cause, SimTime from, SimTime to) {}

    /// A fault was in force for a time.
    ///
    /// @param occurrence for the how manieth time, from 1
    record Band(
            int fault,
            int occurrence,
            String kind,
            List<PartitionId> targets,
            SimTime from,
            SimTime to) {}

    static Health of(Result result) {
        var fold = new Fold(result.outcome().clock());
        result.trace().forEach(entry -> fold.see(entry.time(), entry.what()));
        return fold.end();
    }

    /// One line for each change: `partition,region,fact,value,from_ns,to_ns`.
    String csv() {
        var csv = new StringBuilder("subject,region,fact,value,from_ns,to_ns\n");
        for (var fault : faults) {
            line(
                    csv,
                    "fault "
                            + fault.fault()
                            + (fault.occurrence() == 1 ? "" : " #" + fault.occurrence()),
                    "",
                    "fault",
                    fault.kind(),
                    fault.from(),
                    fault.to());
        }
        for (var row : rows) {
            var name = row.partition().toString();
            for (var belief : row.beliefs()) {
                line(
                        csv,
                        name,
                        row.region(),
                        "status",
                        Kind.name(belief.status()),
                        belief.from(),
                        belief.to());
            }
            for (var down : row.downs()) {
                line(
                        csv,
                        name,
                        row.region(),
                        "truth",
                        Kind.name(down.cause()),
                        down.from(),
                        down.to());
            }
        }
        return csv.toString();
    }

    private static void line(
            StringBuilder csv,
            String subject,
            String region,
            String fact,
            String value,
            SimTime from,
            SimTime to) {
        csv.append(
                String.join(
                        ",",
                        subject,
                        region,
                        fact,
                        value,
                        Long.toString(from.nanos()),
                        Long.toString(to.nanos())));
        csv.append('\n');
    }

    private static final class Fold {
        private final SimTime end;
        private final Map<PartitionId, Partition> partitions = new TreeMap<>();
        private final Map<Number, OpenFault> open = new TreeMap<>();
        private final List<Band> closed = new ArrayList<>();

        Fold(SimTime end) {
            this.end = end;
        }

        void see(SimTime now, Object what) {
            switch (what) {
                case PartitionPlaced placed ->
                        partition(placed.partition()).region = placed.region();
                case StatusChanged change -> partition(change.partition()).become(change.to(), now);
                case PartitionDown(var id, var cause) -> {
                    partition(id).goDown(cause, now);
                    open.values().forEach(fault -> fault.down(id, now));
                }
                case PartitionUp(var id) -> {
                    partition(id).comeUp(now);
                    open.values().forEach(fault -> fault.up(id, now));
                }
                case FaultInjected fault ->
                        open.put(
                                new Number(fault.fault(), fault.occurrence()),
                                new OpenFault(fault, now));
                case FaultHealed healed -> {
                    var fault = open.remove(new Number(healed.fault(), healed.occurrence()));
                    if (fault != null) {
                        closed.add(fault.band(now));
                    }
                }
                default -> {}
            }
        }

        private Partition partition(PartitionId id) {
            return partitions.computeIfAbsent(id, Partition::new);
        }

        Health end() {
            for (var fault : open.values()) {
                closed.add(fault.band(fault.mended == null ? end : fault.mended));
            }
            closed.sort(
                    java.util.Comparator.comparing(Band::from)
                            .thenComparing(Band::fault)
                            .thenComparing(Band::occurrence));
            var regions = new ArrayList<String>();
            for (var partition : partitions.values()) {
                partition.become(PartitionStatus.HEALTHY, end);
                partition.comeUp(end);
                if (!regions.contains(partition.region)) {
                    regions.add(partition.region);
                }
            }
            var rows = new ArrayList<Row>();
            for (var region : regions) {
                for (var partition : partitions.values()) {
                    if (partition.region.equals(region)) {
                        rows.add(partition.row());
                    }
                }
            }
            return new Health(rows, closed);
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

    private static final class Partition {
        private final PartitionId id;
        private final List<Belief> beliefs = new ArrayList<>();
        private final List<Down> downs = new ArrayList<>();
        String region = "";
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
            return new Row(id, region, List.copyOf(beliefs), List.copyOf(downs));
        }
    }

    /// A fault that was not healed as planned is in force until all that it took down is up again.
    private static final class OpenFault {
        private final FaultInjected fault;
        private final SimTime from;
        private final Set<PartitionId> downed = new HashSet<>();
        private SimTime mended;

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

        Band band(SimTime to) {
            return new Band(
                    fault.fault(), fault.occurrence(), fault.kind(), fault.targets(), from, to);
        }
    }
}
