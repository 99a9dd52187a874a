package io.faultline.model.script;

import io.faultline.kernel.entity.Kronos;
import io.faultline.model.Setting;
import io.faultline.model.Turn;
import io.faultline.model.World;
import io.faultline.model.cluster.PartitionId;

import java.util.List;

/// Partitions reach the barrier.
public record Arrive(@Setting("who arrives") List<PartitionId> partitions) implements Action {

    public Arrive {
        if (partitions.isEmpty()) {
            throw new IllegalArgumentException("arrive needs partitions");
        }
    }

    @Override
    public void perform(World world) {
        partitions.forEach(id -> after(id, () -> world.partition(id).arrive()));
    }

    private static void after(PartitionId id, Runnable call) {
        Kronos.after(0, Turn.DELIVERY.of(id), call);
    }
}
