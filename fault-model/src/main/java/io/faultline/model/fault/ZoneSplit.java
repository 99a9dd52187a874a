package io.faultline.model.fault;

import io.faultline.model.Setting;
import io.faultline.model.World;
import io.faultline.model.cluster.Domain;
import io.faultline.model.cluster.PartitionId;

import java.util.List;

/// The zones fall apart: no message crosses from one to another. Zones that are not named form one
/// more together.
public record ZoneSplit(
        @Setting("the zones that lose contact to all others; every zone if left out")
                List<String> zones)
        implements Fault {

    @Override
    public Runnable inject(World world, Effect effect) {
        return cut(world).make(world, effect);
    }

    private Cut cut(World world) {
        return Cut.between(world, Domain.ZONE, zones);
    }

    @Override
    public List<PartitionId> targets(World world, Effect effect) {
        return Cut.targets(world, Domain.ZONE, zones);
    }

    @Override
    public List<PartitionId> takesOut(World world, Effect effect) {
        return cut(world).takesOut(world);
    }
}
