package io.faultline.model.script;

import io.faultline.model.Setting;
import io.faultline.model.World;
import io.faultline.model.cluster.PartitionId;

/// An operator asks for another recovery of a failed partition.
public record OperatorRetry(@Setting("who is recovered") PartitionId partition) implements Action {

    @Override
    public void perform(World world) {
        world.coordinator().operatorRetry(partition);
    }
}
