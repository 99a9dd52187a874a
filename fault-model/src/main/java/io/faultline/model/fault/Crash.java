package io.faultline.model.fault;

import io.faultline.model.Setting;
import io.faultline.model.World;
import io.faultline.model.cluster.Node;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.cluster.PartitionId;
import java.util.List;
import java.util.stream.Stream;

/// Nodes stop at once and lose what they were doing (crash–recovery). At the end of the fault, if it
/// has one, those that it stopped start again from scratch.
public record Crash(
        @Setting("the partitions whose nodes crash") List<PartitionId> partitions,
        @Setting("nodes that crash") List<NodeId> nodes)
        implements Fault {

    public Crash {
        if (partitions.isEmpty() && nodes.isEmpty()) {
            throw new IllegalArgumentException("crash needs partitions or nodes");
        }
    }

    @Override
    public Runnable inject(World world, Effect effect) {
        var crashed = victims(world).filter(Node::isUp).toList();
        if (!crashed.isEmpty()) {
            effect.take();
        }
        crashed.forEach(node -> node.crash());
        return () -> crashed.forEach(node -> node.restart());
    }

    @Override
    public List<PartitionId> targets(World world) {
        return victims(world).flatMap(node -> node.partitions().stream()).sorted().toList();
    }

    private Stream<Node> victims(World world) {
        return Stream.concat(
                        partitions.stream().map(id -> world.partition(id).host()),
                        nodes.stream().map(world::node))
                .distinct();
    }
}
