package io.faultline.model.detector;

import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.cluster.StatusReason;
import io.faultline.model.observation.Observed.ReportKind;

import java.util.Arrays;
import java.util.Optional;

/// What one coordinator believes of every partition, and how reports change it. Knows no clock.
///
/// Reports of each kind are counted in a row; anything that speaks for a partition starts both
/// counts anew and ends a suspicion. Reports against a failed partition change nothing, and unless
/// the settings say otherwise nothing speaks for it but a recovery or an operator.
public final class Suspicions {

    private final SuspicionSettings settings;
    private final PartitionStatus[] status;
    private final int[][] inARow;
    private int healthy;
    private int failed;

    /// A change of mind.
    public record Change(
            PartitionId partition, PartitionStatus from, PartitionStatus to, StatusReason reason) {}

    public Suspicions(SuspicionSettings settings, int partitions) {
        this.settings = settings;
        this.status = new PartitionStatus[partitions];
        this.inARow = new int[ReportKind.values().length][partitions];
        this.healthy = partitions;
        Arrays.fill(status, PartitionStatus.HEALTHY);
    }

    public PartitionStatus status(PartitionId partition) {
        return status[partition.rank()];
    }

    /// How many partitions are believed to be healthy; suspected ones are not.
    public int healthy() {
        return healthy;
    }

    /// How many partitions are suspected.
    public int suspected() {
        return status.length - healthy - failed;
    }

    /// How many partitions are taken to be failed.
    public int failed() {
        return failed;
    }

    public int total() {
        return status.length;
    }

    /// How many reports of a kind there were in a row.
    public int inARow(PartitionId partition, ReportKind kind) {
        return inARow[kind.ordinal()][partition.rank()];
    }

    /// Whether there was no report since something last spoke for a partition.
    public boolean isUnreported(PartitionId partition) {
        for (var counts : inARow) {
            if (counts[partition.rank()] > 0) {
                return false;
            }
        }
        return true;
    }

    /// Somebody reports a partition.
    public Optional<Change> report(PartitionId partition, ReportKind kind) {
        if (status(partition) == PartitionStatus.FAILED) {
            return Optional.empty();
        }
        int count = ++inARow[kind.ordinal()][partition.rank()];
        var reason =
                switch (kind) {
                    case BARRIER_TIMEOUT -> StatusReason.BARRIER_TIMEOUT;
                    case SYNC_FAILURE -> StatusReason.SYNC_FAILURE;
                };
        return switch (settings.policy()) {
            case COUNTING ->
                    status(partition) == PartitionStatus.HEALTHY
                            ? suspect(partition, reason)
                            : fail(partition, reason);
            case CONFIRMING ->
                    count >= settings.strikes() ? suspect(partition, reason) : Optional.empty();
        };
    }

    /// A partition becomes suspected, if nothing was held against it.
    public Optional<Change> suspect(PartitionId partition, StatusReason reason) {
        return status(partition) == PartitionStatus.HEALTHY
                ? change(partition, PartitionStatus.SUSPECTED, reason)
                : Optional.empty();
    }

    /// A suspected partition is declared failed.
    public Optional<Change> fail(PartitionId partition, StatusReason reason) {
        return status(partition) == PartitionStatus.SUSPECTED
                ? change(partition, PartitionStatus.FAILED, reason)
                : Optional.empty();
    }

    /// Something speaks for a partition.
    public Optional<Change> alive(PartitionId partition) {
        if (status(partition) == PartitionStatus.FAILED
                && settings.healing() == Healing.BY_RECOVERY) {
            return Optional.empty();
        }
        clearReports(partition);
        return switch (status(partition)) {
            case HEALTHY -> Optional.empty();
            case SUSPECTED -> change(partition, PartitionStatus.HEALTHY, StatusReason.FALSE_ALARM);
            case FAILED -> change(partition, PartitionStatus.HEALTHY, StatusReason.HEARD);
        };
    }

    /// A partition is taken to be healthy whatever was held against it.
    public Optional<Change> restore(PartitionId partition, StatusReason reason) {
        clearReports(partition);
        return status(partition) == PartitionStatus.HEALTHY
                ? Optional.empty()
                : change(partition, PartitionStatus.HEALTHY, reason);
    }

    private void clearReports(PartitionId partition) {
        for (var counts : inARow) {
            counts[partition.rank()] = 0;
        }
    }

    private Optional<Change> change(
            PartitionId partition, PartitionStatus to, StatusReason reason) {
        var from = status(partition);
        status[partition.rank()] = to;
        healthy += count(to, PartitionStatus.HEALTHY) - count(from, PartitionStatus.HEALTHY);
        failed += count(to, PartitionStatus.FAILED) - count(from, PartitionStatus.FAILED);
        return Optional.of(new Change(partition, from, to, reason));
    }

    private static int count(PartitionStatus status, PartitionStatus counted) {
        return status == counted ? 1 : 0;
    }
}
