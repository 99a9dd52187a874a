package io.faultline.model.script;

import io.faultline.kernel.entity.Kronos;
import io.faultline.model.Setting;
import io.faultline.model.World;
import io.faultline.model.cluster.PartitionId;

import java.time.Duration;

/// A client asks a partition for one operation.
public record Operation(
        @Setting("who is asked") PartitionId partition,
        @Setting("how long it takes") Duration service)
        implements Action {

    @Override
    public void perform(World world) {
        world.partition(partition).operation(service.toNanos(), Kronos.currentTime());
    }
}
