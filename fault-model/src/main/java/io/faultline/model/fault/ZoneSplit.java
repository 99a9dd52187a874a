package io.faultline.model.fault;

import io.faultline.model.Setting;
import io.faultline.model.World;
import io.faultline.model.cluster.Domain;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.network.MessageKind;

import java.util.List;

/// The zones fall apart: no message crosses from one to another. Zones that are not named form one
/// more together.
public record ZoneSplit(
        @Setting("the zones that lose contact to all others; every zone if left out")
                List<String> zones,
        @Setting("the kinds of messages concerned; every kind if left out")
                List<MessageKind> messages)
        implements Fault {

    /// All messages are concerned.
    public ZoneSplit(List<String> zones) {
        this(zones, List.of());
    }

    @Override
    public Runnable inject(World world, Effect effect) {
        return cut(world).make(world, effect, messages);
    }

    private Cut cut(World world) {
        return Cut.between(world, Domain.ZONE, zones);
    }

    @Override
    public Aftermath aftermath() {
        return Aftermath.ofLost(messages);
    }

    @Override
    public List<PartitionId> targets(World world, Effect effect) {
        return Cut.targets(world, Domain.ZONE, zones);
    }

    @Override
    public List<PartitionId> takesOut(World world, Effect effect) {
        return cut(world).takesOut(world, messages);
    }

    /// As it was before messages could be chosen, so that the fingerprints of other splits are,
    /// too.
    @Override
    public String toString() {
        return Cut.said("ZoneSplit[zones=" + zones, messages);
    }
}
