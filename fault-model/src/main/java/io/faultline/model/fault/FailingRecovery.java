package io.faultline.model.fault;

import io.faultline.model.Setting;
import io.faultline.model.World;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.recovery.Hazard;
import io.faultline.model.recovery.RecoveryPhase;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Attempts to recover partitions fail at the end of a phase.
public record FailingRecovery(
        @Setting("the partitions concerned; all if left out") List<PartitionId> partitions,
        @Setting("how many attempts of each fail; all if left out") Optional<Integer> attempts,
        @Setting(value = "the phase at whose end they fail", byDefault = "validating")
                RecoveryPhase phase)
        implements Fault {

    public FailingRecovery {
        if (attempts.isPresent() && attempts.get() < 1) {
            throw new IllegalArgumentException(
                    "attempts must be at least 1, but was " + attempts.get());
        }
        if (phase == RecoveryPhase.COMPLETE || phase == RecoveryPhase.FAILED) {
            throw new IllegalArgumentException(
                    "phase must be one that takes time: detecting, redistributing, rebalancing or"
                            + " validating");
        }
    }

    @Override
    public Runnable inject(World world, Effect effect) {
        Map<PartitionId, Integer> struck = new HashMap<>(); // looked up, never iterated
        Hazard hazard =
                (partition, ended) -> {
                    boolean concerned = partitions.isEmpty() || partitions.contains(partition);
                    int before = struck.getOrDefault(partition, 0);
                    if (ended != phase
                            || !concerned
                            || before >= attempts.orElse(Integer.MAX_VALUE)) {
                        return false;
                    }
                    struck.put(partition, before + 1);
                    effect.take();
                    return true;
                };
        return world.coordinator().expose(hazard);
    }

    @Override
    public List<PartitionId> targets(World world, Effect effect) {
        return partitions.isEmpty()
                ? world.partitions().stream().map(partition -> partition.id()).toList()
                : partitions.stream().sorted().toList();
    }
}
