package io.faultline.model.script;

import io.faultline.kernel.entity.Kronos;
import io.faultline.model.Setting;
import io.faultline.model.Turn;
import io.faultline.model.World;
import io.faultline.model.cluster.PartitionId;

import java.util.List;
import java.util.Optional;

/// Somebody comes to suspect partitions, as if a failure detector had said so.
public record Suspect(
        @Setting("who is suspected") List<PartitionId> partitions,
        @Setting("the handler who suspects them; the coordinator if left out") Optional<String> by)
        implements Action {

    public Suspect {
        if (partitions.isEmpty()) {
            throw new IllegalArgumentException("suspect needs partitions");
        }
    }

    @Override
    public void perform(World world) {
        var handler = world.handler(by);
        for (var partition : partitions) {
            Kronos.after(0, Turn.FAULT.of(partition), () -> handler.suspect(partition));
        }
    }
}
