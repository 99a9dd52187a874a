package io.faultline.model.recovery;

import io.faultline.kernel.entity.Entity;
import io.faultline.kernel.entity.Kronos;
import io.faultline.model.Turn;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.observation.Observed.PhaseEntered;

/// One attempt to recover a partition: it goes through the phases and tells the coordinator at the
/// end of each.
@Entity
public class Recovery {

    private final PartitionId partition;
    private final int attempt;
    private final boolean inconsistent;
    private final RecoverySettings settings;
    private final Coordinator coordinator;

    Recovery(
            PartitionId partition,
            int attempt,
            boolean inconsistent,
            RecoverySettings settings,
            Coordinator coordinator) {
        this.partition = partition;
        this.attempt = attempt;
        this.inconsistent = inconsistent;
        this.settings = settings;
        this.coordinator = coordinator;
    }

    /// Enters the first phase, now.
    void begin() {
        enter(RecoveryPhase.DETECTING);
    }

    private void enter(RecoveryPhase phase) {
        Kronos.observe(new PhaseEntered(partition, phase, attempt));
        coordinator.phaseBegun(partition, phase);
        long nanos = 0;
        for (int round = coordinator.rounds(phase); round > 0; round--) {
            nanos +=
                    settings.phases()
                            .of(phase)
                            .sampleNanos(Kronos.random("recovery.phase/" + partition));
        }
        Kronos.after(nanos, Turn.DELIVERY.of(partition), () -> this.phaseDone(phase));
    }

    /// The work of a phase is done, or has failed.
    public void phaseDone(RecoveryPhase phase) {
        if (coordinator.host().isUp()) {
            goOn(phase);
        } else {
            coordinator.host().onceRestarted(() -> this.phaseDone(phase));
        }
    }

    private void goOn(RecoveryPhase phase) {
        if (!coordinator.isComplete(partition, () -> this.phaseDone(phase))) {
            return;
        }
        if (drawFailure()) {
            finish(RecoveryPhase.FAILED);
            return;
        }
        coordinator.phaseDone(partition, phase);
        if (phase == RecoveryPhase.VALIDATING) {
            finish(RecoveryPhase.COMPLETE);
        } else {
            enter(RecoveryPhase.values()[phase.ordinal() + 1]);
        }
    }

    private boolean drawFailure() {
        double chance = settings.phaseFailure().value();
        return chance > 0 && Kronos.random("recovery.failure/" + partition).nextBoolean(chance);
    }

    private void finish(RecoveryPhase end) {
        Kronos.observe(new PhaseEntered(partition, end, attempt));
        if (end == RecoveryPhase.COMPLETE) {
            coordinator.restart(partition);
        }
        coordinator.attemptFinished(
                partition, attempt, end == RecoveryPhase.COMPLETE, inconsistent);
    }

    @Override
    public String toString() {
        return "recovery of " + partition;
    }
}
