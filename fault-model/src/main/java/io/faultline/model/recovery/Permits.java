package io.faultline.model.recovery;

import io.faultline.kernel.entity.Kronos;
import io.faultline.model.Turn;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.observation.Observed.LockCollided;
import io.faultline.model.observation.Observed.LockGranted;
import io.faultline.model.observation.Observed.LockRefused;
import io.faultline.model.observation.Observed.LockReleased;
import io.faultline.model.observation.Observed.LockReserved;
import io.faultline.model.observation.Observed.LockTimedOut;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// The part of the coordinator that admits recoveries by the rules of [RecoveryLock]: it has them
/// wait no longer than they may, and observes what becomes of them.
final class Permits {

    private final RecoverySettings settings;
    private final RecoveryLock lock;
    private final Deadlines waits;
    private final Coordinator coordinator;

    Permits(RecoverySettings settings, int partitions, Coordinator coordinator) {
        this.settings = settings;
        this.lock = new RecoveryLock(settings.maxConcurrent(), settings.contention());
        this.waits =
                new Deadlines(coordinator.host().clock(), partitions, coordinator::lockTimedOut);
        this.coordinator = coordinator;
    }

    /// A recovery asks for a permit.
    ///
    /// @return whether it has one now; if not, it may get one later
    boolean request(PartitionId partition, boolean quorum) {
        switch (lock.request(partition, quorum, Kronos.currentTime())) {
            case RecoveryLock.Granted() -> {
                Kronos.observe(new LockReserved(partition));
                Kronos.observe(new LockGranted(partition, Duration.ZERO));
                return true;
            }
            case RecoveryLock.Waits() -> {
                Kronos.observe(new LockReserved(partition));
                waits.start(partition, settings.lockTimeout().toNanos());
            }
            case RecoveryLock.Contends(var first) -> {
                Kronos.observe(new LockReserved(partition));
                if (first) {
                    Kronos.after(0, Turn.SAMPLING.ofNobody(), () -> coordinator.arbitrate());
                }
            }
            case RecoveryLock.Refused(var cause) ->
                    Kronos.observe(new LockRefused(partition, cause));
        }
        return false;
    }

    /// Ends a contention.
    ///
    /// @param granted what those do who get a permit
    /// @param collided what those do who get none
    void arbitrate(Consumer<PartitionId> granted, Consumer<PartitionId> collided) {
        var arbitration = lock.arbitrate();
        for (var partition : arbitration.contenders()) {
            if (arbitration.granted()) {
                Kronos.observe(new LockGranted(partition, Duration.ZERO));
                granted.accept(partition);
            } else {
                Kronos.observe(new LockCollided(partition, arbitration.contenders().size()));
                collided.accept(partition);
            }
        }
    }

    /// A recovery has waited too long.
    ///
    /// @return whether it was still waiting
    boolean giveUp(PartitionId partition) {
        boolean waited = lock.giveUp(partition);
        if (waited) {
            Kronos.observe(new LockTimedOut(partition));
        }
        return waited;
    }

    /// A recovery gives its permit back.
    ///
    /// @return the one that gets it, if any waits
    Optional<PartitionId> release(PartitionId partition) {
        var next = lock.release(partition);
        Kronos.observe(new LockReleased(partition));
        return next.map(this::serve);
    }

    private PartitionId serve(RecoveryLock.Served served) {
        waits.cancel(served.partition());
        var waited = Duration.ofNanos(Kronos.currentTime() - served.since());
        Kronos.observe(new LockGranted(served.partition(), waited));
        return served.partition();
    }

    /// Whether a recovery has a permit or may get one.
    boolean isReserved(PartitionId partition) {
        return lock.isReserved(partition);
    }

    /// Whether any has or may get one.
    boolean areReserved() {
        return lock.reservations() > 0;
    }

    /// How many recoveries count as being in progress when the quorum is judged.
    int inProgress() {
        return settings.inProgress() == InProgress.HOLDERS ? lock.holders() : lock.reservations();
    }
}
