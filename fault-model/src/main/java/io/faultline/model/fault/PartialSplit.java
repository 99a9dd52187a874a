package io.faultline.model.fault;

import io.faultline.model.Setting;
import io.faultline.model.World;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.network.MessageKind;

import java.util.List;
import java.util.stream.Stream;

/// Two groups of nodes cannot talk to each other, while all others talk to both (a partial network
/// partition). Who is chosen for both groups belongs to the first.
///
/// After Alfatafta, Alkhatib, Alquraan and Al-Kiswany, *Toward a generic fault tolerance technique
/// for partial network partitioning* (OSDI 2020).
public record PartialSplit(
        @Setting("the nodes of one group") Selector one,
        @Setting("the nodes of the other group") Selector other,
        @Setting("the kinds of messages concerned; every kind if left out")
                List<MessageKind> messages)
        implements Fault {

    private static final int THE_REST = 0;

    public PartialSplit {
        if (one.isEmpty() || other.isEmpty()) {
            throw new IllegalArgumentException("partial-split needs nodes for both groups");
        }
    }

    /// All messages are concerned.
    public PartialSplit(Selector one, Selector other) {
        this(one, other, List.of());
    }

    @Override
    public Runnable inject(World world, Effect effect) {
        return cut(world, effect).make(world, effect, messages);
    }

    private Cut cut(World world, Effect effect) {
        var first = effect.choose("one", one, world);
        var second = effect.choose("other", other, world);
        return Cut.of(
                world,
                node -> first.contains(node) ? 1 : second.contains(node) ? 2 : THE_REST,
                (from, to) -> from == THE_REST || to == THE_REST);
    }

    @Override
    public Aftermath aftermath() {
        return Aftermath.ofLost(messages);
    }

    @Override
    public List<PartitionId> targets(World world, Effect effect) {
        return Stream.concat(
                        effect.partitions("one", one, world).stream(),
                        effect.partitions("other", other, world).stream())
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public List<PartitionId> takesOut(World world, Effect effect) {
        return cut(world, effect).takesOut(world, messages);
    }

    /// As it was before messages could be chosen, so that the fingerprints of other splits are,
    /// too.
    @Override
    public String toString() {
        return Cut.said("PartialSplit[one=" + one + ", other=" + other, messages);
    }
}
