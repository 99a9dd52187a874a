package io.faultline.model.fault;

import io.faultline.model.Setting;
import io.faultline.model.World;
import io.faultline.model.cluster.Domain;
import io.faultline.model.cluster.PartitionId;

import java.util.List;

/// The regions fall apart: no message crosses from one to another. Regions that are not named form
/// one more together.
public record RegionSplit(
        @Setting("the regions that lose contact to all others; every region if left out")
                List<String> regions)
        implements Fault {

    @Override
    public Runnable inject(World world, Effect effect) {
        return cut(world).make(world, effect);
    }

    private Cut cut(World world) {
        return Cut.between(world, Domain.REGION, regions);
    }

    @Override
    public List<PartitionId> targets(World world, Effect effect) {
        return Cut.targets(world, Domain.REGION, regions);
    }

    @Override
    public List<PartitionId> takesOut(World world, Effect effect) {
        return cut(world).takesOut(world);
    }
}
