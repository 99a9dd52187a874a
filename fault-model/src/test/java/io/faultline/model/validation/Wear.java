package io.faultline.model.validation;

import io.faultline.kernel.Timer;
import io.faultline.kernel.entity.Entity;
import io.faultline.kernel.entity.Kronos;
import io.faultline.kernel.entity.NonEvent;
import io.faultline.kernel.random.Distribution;
import io.faultline.model.Turn;
import io.faultline.model.World;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.detector.StatusListener;
import io.faultline.model.detector.Suspicions.Change;
import io.faultline.model.observation.Observed.ReportKind;
import io.faultline.model.recovery.Coordinator;

/// Partitions wear out: a life begins whenever one becomes healthy, and at its end the partition is
/// reported twice, which is taken for a failure if reports are counted.
@Entity
public class Wear implements StatusListener {

    private final Coordinator coordinator;
    private final Distribution life;
    private final int together;
    private final Timer[] lives;

    /// @param together how many partitions fail with each other, neighbours by rank
    Wear(World world, Distribution life, int together) {
        this.coordinator = world.coordinator();
        this.life = life;
        this.together = together;
        this.lives = new Timer[world.partitions().size()];
        coordinator.subscribe(this);
    }

    /// The first lives begin.
    public void start() {
        for (int rank = 0; rank < lives.length; rank++) {
            beginLife(new PartitionId(rank));
        }
    }

    private void beginLife(PartitionId partition) {
        lives[partition.rank()] =
                Kronos.timer(
                        life.sampleNanos(Kronos.random("wear/" + partition)),
                        Turn.FAULT.of(partition),
                        () -> this.endLife(partition));
    }

    /// A partition is worn out.
    public void endLife(PartitionId partition) {
        for (int i = 0; i < together; i++) {
            var victim = new PartitionId((partition.rank() + i) % lives.length);
            coordinator.report(victim, ReportKind.SYNC_FAILURE);
            coordinator.report(victim, ReportKind.SYNC_FAILURE);
        }
    }

    @Override
    public void statusChanged(Change change) {
        lives[change.partition().rank()].cancel();
        if (change.to() == PartitionStatus.HEALTHY) {
            beginLife(change.partition());
        }
    }

    @Override
    @NonEvent
    public void doubt(PartitionId partition) {}
}
