package io.faultline.model.fault;

import io.faultline.model.Setting;
import io.faultline.model.World;
import io.faultline.model.cluster.Domain;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.network.MessageKind;

import java.util.List;

/// The regions fall apart: no message crosses from one to another. Regions that are not named form
/// one more together.
public record RegionSplit(
        @Setting("the regions that lose contact to all others; every region if left out")
                List<String> regions,
        @Setting("the kinds of messages concerned; every kind if left out")
                List<MessageKind> messages)
        implements Fault {

    /// All messages are concerned.
    public RegionSplit(List<String> regions) {
        this(regions, List.of());
    }

    @Override
    public Runnable inject(World world, Effect effect) {
        return cut(world).make(world, effect, messages);
    }

    private Cut cut(World world) {
        return Cut.between(world, Domain.REGION, regions);
    }

    @Override
    public Aftermath aftermath() {
        return Aftermath.ofLost(messages);
    }

    @Override
    public List<PartitionId> targets(World world, Effect effect) {
        return Cut.targets(world, Domain.REGION, regions);
    }

    @Override
    public List<PartitionId> takesOut(World world, Effect effect) {
        return cut(world).takesOut(world, messages);
    }

    /// As it was before messages could be chosen, so that the fingerprints of other splits are,
    /// too.
    @Override
    public String toString() {
        return Cut.said("RegionSplit[regions=" + regions, messages);
    }
}
