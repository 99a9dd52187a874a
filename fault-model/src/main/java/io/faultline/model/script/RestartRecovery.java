package io.faultline.model.script;

import io.faultline.model.Setting;
import io.faultline.model.World;
import io.faultline.model.cluster.PartitionId;

/// An operator has the recovery attempt that runs broken off, and another one begun in its place.
/// It does nothing if none runs.
public record RestartRecovery(@Setting("whose recovery it is") PartitionId partition)
        implements Action {

    @Override
    public void perform(World world) {
        world.coordinator().operatorRestart(partition);
    }
}
