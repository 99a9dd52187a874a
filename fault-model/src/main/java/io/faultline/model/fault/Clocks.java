package io.faultline.model.fault;

import io.faultline.model.cluster.Node;
import io.faultline.model.cluster.NodeClock;

import java.util.List;
import java.util.function.Function;

/// The clocks that a fault concerns.
final class Clocks {

    private Clocks() {}

    /// Changes the clock of each node.
    ///
    /// @param change gives what undoes it
    static Runnable change(List<Node> nodes, Function<NodeClock, Runnable> change) {
        var undos = nodes.stream().map(node -> change.apply(node.clock())).toList();
        return () -> undos.forEach(Runnable::run);
    }
}
