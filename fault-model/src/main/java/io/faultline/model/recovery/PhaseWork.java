package io.faultline.model.recovery;

import io.faultline.model.cluster.Partition;
import io.faultline.model.cluster.PartitionId;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// What the phases of recoveries do, at their beginning and at their end, and what outside makes
/// them fail. All of it is done on behalf of a recovery and in its event.
final class PhaseWork {

    private final RecoverySettings settings;
    private final Redistribution redistribution;
    private final List<Hazard> hazards = new ArrayList<>();
    private final BitSet started = new BitSet();
    private List<Partition> partitions = List.of();

    PhaseWork(RecoverySettings settings, Redistribution redistribution) {
        this.settings = settings;
        this.redistribution = redistribution;
    }

    /// Introduces the partitions that are recovered.
    void meet(List<Partition> partitions) {
        this.partitions = partitions;
    }

    /// Exposes recoveries to something that makes them fail; running the result removes it.
    Runnable expose(Hazard hazard) {
        hazards.add(hazard);
        return () -> hazards.remove(hazard);
    }

    /// Whether, at the end of a phase, something outside has made it fail.
    boolean isStruck(PartitionId partition, RecoveryPhase phase) {
        boolean struck = false;
        for (var hazard : hazards) {
            struck |= hazard.strikes(partition, phase);
        }
        return struck;
    }

    /// Begins with what a phase is for. Entities that come back over the network need a node that
    /// is up.
    void begin(PartitionId partition, RecoveryPhase phase) {
        boolean up = partitions.get(partition.rank()).host().isUp();
        redistribution.phaseBegun(partition, phase, up);
        if (phase == RecoveryPhase.REBALANCING && settings.transfer().isPresent()) {
            restart(partition);
        }
    }

    /// How often the time of a phase passes before it is over.
    int rounds(RecoveryPhase phase) {
        return settings.rounds(phase, partitions.size());
    }

    /// Whether what a phase moves has arrived; if not, `whenComplete` is run when it has.
    boolean isComplete(PartitionId partition, Runnable whenComplete) {
        return redistribution.isComplete(partition, whenComplete);
    }

    /// Does what a phase is for.
    void finish(PartitionId partition, RecoveryPhase phase) {
        redistribution.phaseDone(partition, phase);
    }

    /// Whether the partition's node is wiped, so that a phase that needs it fails at its end.
    boolean lacksNode(PartitionId partition, RecoveryPhase phase) {
        return phase.compareTo(RecoveryPhase.REBALANCING) >= 0
                && partitions.get(partition.rank()).host().isWiped();
    }

    /// Has the partition's node started again if it is down.
    void restart(PartitionId partition) {
        var node = partitions.get(partition.rank()).host();
        started.set(partition.rank(), !node.isUp());
        node.restart();
    }

    /// Whether the node was down when it was last to be started, so that its partition will ask how
    /// things stand.
    boolean hasStarted(PartitionId partition) {
        return started.get(partition.rank());
    }
}
