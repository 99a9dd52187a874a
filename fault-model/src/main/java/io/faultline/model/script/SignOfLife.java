package io.faultline.model.script;

import io.faultline.kernel.entity.Kronos;
import io.faultline.model.Setting;
import io.faultline.model.Turn;
import io.faultline.model.World;
import io.faultline.model.cluster.PartitionId;

import java.util.List;

/// Somebody hears from partitions, which speaks for them: what was reported of them so far counts
/// no more, and suspicion ends.
public record SignOfLife(@Setting("who is heard from") List<PartitionId> partitions)
        implements Action {

    public SignOfLife {
        if (partitions.isEmpty()) {
            throw new IllegalArgumentException("sign-of-life needs partitions");
        }
    }

    @Override
    public void perform(World world) {
        for (var partition : partitions) {
            Kronos.after(0, Turn.FAULT.of(partition), () -> world.coordinator().alive(partition));
        }
    }
}
