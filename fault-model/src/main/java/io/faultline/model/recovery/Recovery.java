package io.faultline.model.recovery;

import io.faultline.kernel.Timer;
import io.faultline.kernel.entity.Entity;
import io.faultline.kernel.entity.Kronos;
import io.faultline.kernel.entity.NonEvent;
import io.faultline.model.Turn;
import io.faultline.model.cluster.Hosted;
import io.faultline.model.cluster.Node;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.observation.Observed.AttemptTimedOut;
import io.faultline.model.observation.Observed.PhaseEntered;

import java.time.Duration;

/// One attempt to recover a partition: it goes through the phases and tells the coordinator at the
/// end of each, until it is complete, has failed, has taken too long, or is broken off.
@Entity
public class Recovery implements Hosted {

    private final PartitionId partition;
    private final int attempt;
    private final boolean inconsistent;
    private final Level level;
    private final PhaseWork work;
    private final Coordinator coordinator;

    private boolean over;
    private Timer deadline;

    /// @param inconsistent whether operations may be in flight
    Recovery(
            PartitionId partition,
            int attempt,
            boolean inconsistent,
            Level level,
            PhaseWork work,
            Coordinator coordinator) {
        this.partition = partition;
        this.attempt = attempt;
        this.inconsistent = inconsistent;
        this.level = level;
        this.work = work;
        this.coordinator = coordinator;
    }

    /// Enters the first phase, now.
    void begin(Duration timeout) {
        deadline =
                host().clock()
                        .timer(
                                timeout.toNanos(),
                                Turn.TIMER.of(partition),
                                () -> this.deadlinePassed());
        enter(RecoveryPhase.DETECTING);
    }

    /// The node of the coordinator, who conducts it.
    @Override
    @NonEvent
    public Node host() {
        return coordinator.host();
    }

    int attempt() {
        return attempt;
    }

    Level level() {
        return level;
    }

    /// Breaks the attempt off: nothing more is heard of it.
    void breakOff() {
        over = true;
        deadline.cancel();
    }

    private void enter(RecoveryPhase phase) {
        coordinator.subscribers().announce(new PhaseEntered(partition, phase, attempt));
        if (level.movesEntities()) {
            work.begin(partition, phase);
        }
        long nanos = 0;
        for (int round = level.movesEntities() ? work.rounds(phase) : 1; round > 0; round--) {
            nanos +=
                    level.phases()
                            .of(phase)
                            .sampleNanos(Kronos.random("recovery.phase/" + partition));
        }
        Kronos.after(nanos, Turn.DELIVERY.of(partition), () -> this.phaseDone(phase));
    }

    /// The work of a phase is done, or has failed.
    public void phaseDone(RecoveryPhase phase) {
        if (!host().isUp()) {
            host().onceRestarted(() -> this.phaseDone(phase));
        } else if (!over) {
            goOn(phase);
        }
    }

    private void goOn(RecoveryPhase phase) {
        if (work.lacksNode(partition, phase)) {
            finish(RecoveryPhase.FAILED);
            return;
        }
        if (!work.isComplete(partition, () -> this.phaseDone(phase))) {
            return;
        }
        boolean unlucky = drawFailure(phase);
        if (work.isStruck(partition, phase) || unlucky) {
            finish(RecoveryPhase.FAILED);
            return;
        }
        if (level.movesEntities()) {
            work.finish(partition, phase);
        }
        if (phase == RecoveryPhase.VALIDATING) {
            finish(RecoveryPhase.COMPLETE);
        } else {
            enter(RecoveryPhase.values()[phase.ordinal() + 1]);
        }
    }

    private boolean drawFailure(RecoveryPhase phase) {
        double chance = level.chanceOfFailure(phase);
        return chance > 0 && Kronos.random("recovery.failure/" + partition).nextBoolean(chance);
    }

    /// The attempt has taken too long.
    public void deadlinePassed() {
        if (!host().isUp()) {
            host().onceRestarted(() -> this.deadlinePassed());
        } else if (!over) {
            Kronos.observe(new AttemptTimedOut(partition, attempt));
            finish(RecoveryPhase.FAILED);
        }
    }

    private void finish(RecoveryPhase end) {
        breakOff();
        coordinator.subscribers().announce(new PhaseEntered(partition, end, attempt));
        if (end == RecoveryPhase.COMPLETE) {
            work.restart(partition);
        }
        coordinator.attemptFinished(
                partition, attempt, end == RecoveryPhase.COMPLETE, inconsistent);
    }

    @Override
    public String toString() {
        return "recovery of " + partition;
    }
}
