package io.faultline.model.fault;

import io.faultline.model.World;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.network.Envelope;
import io.faultline.model.network.MessageKind;

import java.util.List;

/// The messages that a fault concerns, by kind, sender and receiver; what is empty excludes none.
record Traffic(List<MessageKind> messages, List<NodeId> from, List<NodeId> to) {

    boolean includes(Envelope envelope) {
        return isAmong(envelope.message().kind(), messages)
                && isAmong(envelope.from().id(), from)
                && isAmong(envelope.at().id(), to);
    }

    private static <T> boolean isAmong(T value, List<T> chosen) {
        return chosen.isEmpty() || chosen.contains(value);
    }

    /// The partitions on the nodes that are named, or all if none is.
    List<PartitionId> targets(World world) {
        return world.nodes().stream()
                .filter(node -> isNamed(node.id()))
                .flatMap(node -> node.partitions().stream())
                .sorted()
                .toList();
    }

    private boolean isNamed(NodeId node) {
        return from.isEmpty() && to.isEmpty() || from.contains(node) || to.contains(node);
    }
}
