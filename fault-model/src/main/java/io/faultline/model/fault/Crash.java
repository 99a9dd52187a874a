package io.faultline.model.fault;

import io.faultline.model.Setting;
import io.faultline.model.World;
import io.faultline.model.cluster.Node;
import io.faultline.model.cluster.PartitionId;

import java.util.List;
import java.util.stream.Stream;

/// Nodes stop at once and lose what they were doing (crash–recovery). At the end of the fault, if
/// it has one, they start again from scratch, unless another crash keeps them down; a recovery or
/// an operator restarts them earlier.
public record Crash(
        @Setting("the partitions whose nodes crash") List<PartitionId> partitions,
        @Setting(value = "nodes that crash", byDefault = "[]") Selector nodes)
        implements Fault {

    public Crash {
        if (partitions.isEmpty() && nodes.isEmpty()) {
            throw new IllegalArgumentException("crash needs partitions or nodes");
        }
    }

    @Override
    public Runnable inject(World world, Effect effect) {
        var nodes = victims(world, effect).toList();
        Runnable takesEffect = effect::take;
        nodes.forEach(node -> node.crash(takesEffect));
        return () -> nodes.forEach(node -> node.crashOver(takesEffect));
    }

    @Override
    public List<PartitionId> targets(World world, Effect effect) {
        return victims(world, effect).flatMap(node -> node.partitions().stream()).sorted().toList();
    }

    @Override
    public List<PartitionId> takesOut(World world, Effect effect) {
        return targets(world, effect);
    }

    private Stream<Node> victims(World world, Effect effect) {
        return Stream.concat(
                        partitions.stream().map(id -> world.partition(id).host()),
                        effect.choose("nodes", nodes, world).stream())
                .distinct();
    }
}
