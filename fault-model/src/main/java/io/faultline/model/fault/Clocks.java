package io.faultline.model.fault;

import io.faultline.model.World;
import io.faultline.model.cluster.NodeClock;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.cluster.PartitionId;

import java.util.List;
import java.util.function.Function;

/// The clocks that a fault concerns.
final class Clocks {

    private Clocks() {}

    /// Changes the clock of each node.
    ///
    /// @param change gives what undoes it
    static Runnable change(List<NodeId> nodes, World world, Function<NodeClock, Runnable> change) {
        var undos =
                nodes.stream().distinct().map(id -> change.apply(world.node(id).clock())).toList();
        return () -> undos.forEach(Runnable::run);
    }

    /// The partitions on the nodes.
    static List<PartitionId> targets(List<NodeId> nodes, World world) {
        return nodes.stream()
                .distinct()
                .flatMap(id -> world.node(id).partitions().stream())
                .sorted()
                .toList();
    }
}
