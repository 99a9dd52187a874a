package io.faultline.report;

import io.faultline.kernel.Observation;
import io.faultline.kernel.Trace;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.cluster.StatusReason;
import io.faultline.model.observation.Observed.ActionTaken;
import io.faultline.model.observation.Observed.PartitionDown;
import io.faultline.model.observation.Observed.PartitionPlaced;
import io.faultline.model.observation.Observed.PartitionUp;
import io.faultline.model.observation.Observed.ReportKind;
import io.faultline.model.observation.Observed.Reported;
import io.faultline.model.observation.Observed.StatusChanged;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/// Compares what a coordinator believes with what is true: knows, for every change of status, when
/// that which it is about began.
///
/// That is when the partition went down, if it is down; or later, when it was restored by a
/// recovery or an operator although it was still out of reach, because detection starts over then.
/// If the partition is up, the script of the scenario may play the fault: a streak of reports that
/// the script made, or that come of arrivals at the barrier which the script made, began with its
/// first report. Anything else is a mistake of the detector, and began never.
public final class Truth {

    /// The kinds of observations that it learns from.
    public static final Set<Class<? extends Observation>> KINDS =
            Set.of(
                    PartitionPlaced.class,
                    PartitionDown.class,
                    PartitionUp.class,
                    ActionTaken.class,
                    Reported.class,
                    StatusChanged.class);

    private static final long NEVER = -1;

    private final Map<PartitionId, Partition> partitions = new HashMap<>();
    private int placed;
    private long lastScriptedReport = NEVER;
    private boolean scriptedArrivals;

    /// Takes the next entry into account.
    public void see(Trace.Entry entry) {
        long now = entry.time().nanos();
        switch (entry.what()) {
            case PartitionPlaced _ -> placed++;
            case PartitionDown down -> {
                var partition = partition(down.partition());
                partition.down = partition.down == NEVER ? now : partition.down;
            }
            case PartitionUp up -> partition(up.partition()).down = NEVER;
            // Actions go by their names in scenario files.
            case ActionTaken(_, var kind, _) when kind.equals("report") -> lastScriptedReport = now;
            case ActionTaken(_, var kind, _) when kind.equals("arrive") -> scriptedArrivals = true;
            case Reported report -> {
                if (report.consecutive() == 1) {
                    boolean scripted = scriptedArrivals || lastScriptedReport == now;
                    partition(report.partition()).streak[report.kind().ordinal()] =
                            scripted ? now : NEVER;
                }
            }
            case StatusChanged change -> {
                var partition = partition(change.partition());
                switch (change.to()) {
                    case HEALTHY -> {
                        partition.scriptedFault = NEVER;
                        if (change.from() == PartitionStatus.FAILED && partition.down != NEVER) {
                            partition.down = now;
                        }
                    }
                    case SUSPECTED ->
                            partition.scriptedFault = partition.streakFor(change.reason());
                    case FAILED -> {}
                }
            }
            default -> {}
        }
    }

    /// When that began which made the coordinator suspect a partition or declare it failed; nothing
    /// if it was mistaken. To be asked right after the change was seen.
    public OptionalLong onset(StatusChanged change) {
        var partition = partition(change.partition());
        long onset = partition.down == NEVER ? partition.scriptedFault : partition.down;
        return onset == NEVER ? OptionalLong.empty() : OptionalLong.of(onset);
    }

    /// Whether a partition is down or cut off, or the script plays that it is.
    public boolean isOut(PartitionId id) {
        var partition = partitions.get(id);
        return partition != null && partition.isOut();
    }

    /// How many partitions there are.
    public int total() {
        return placed;
    }

    /// How many of them are not out.
    public int up() {
        return placed - (int) partitions.values().stream().filter(Partition::isOut).count();
    }

    private Partition partition(PartitionId id) {
        return partitions.computeIfAbsent(id, _ -> new Partition());
    }

    private static final class Partition {
        long down = NEVER;
        long scriptedFault = NEVER;
        final long[] streak = {NEVER, NEVER};

        boolean isOut() {
            return down != NEVER || scriptedFault != NEVER;
        }

        long streakFor(StatusReason reason) {
            return switch (reason) {
                case BARRIER_TIMEOUT -> streak[ReportKind.BARRIER_TIMEOUT.ordinal()];
                case SYNC_FAILURE -> streak[ReportKind.SYNC_FAILURE.ordinal()];
                case HEARTBEAT_MISS,
                        SAID_GOODBYE,
                        CONFIRMED,
                        FALSE_ALARM,
                        HEARD,
                        RECOVERED,
                        OPERATOR ->
                        NEVER;
            };
        }
    }
}
