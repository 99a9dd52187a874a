package io.faultline.model.fault;

import io.faultline.model.Probability;
import io.faultline.model.Setting;
import io.faultline.model.World;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.network.Envelope;
import io.faultline.model.network.MessageKind;
import io.faultline.model.network.Verdict;

import java.util.List;

/// Messages between nodes are lost on their way (an omission fault).
public record MessageLoss(
        @Setting(value = "the share of messages that are lost", byDefault = "100%")
                Probability chance,
        @Setting("the kinds of messages concerned; every kind if left out")
                List<MessageKind> messages,
        @Setting("the nodes that sent them; any if left out") List<NodeId> from,
        @Setting("the nodes that they are sent to; any if left out") List<NodeId> to)
        implements Fault {

    @Override
    public Runnable inject(World world, Effect effect) {
        return world.network()
                .install((Envelope envelope) -> {
                    if (!concerns(envelope) || !draw(envelope, effect)) {
                        return Verdict.PASS;
                    }
                    effect.take();
                    return new Verdict.Drop();
                });
    }

    private boolean concerns(Envelope envelope) {
        return isAmong(envelope.message().kind(), messages)
                && isAmong(envelope.from().id(), from)
                && isAmong(envelope.at().id(), to);
    }

    private boolean draw(Envelope envelope, Effect effect) {
        return effect.random(envelope.from() + "->" + envelope.at()).nextBoolean(chance.value());
    }

    private static <T> boolean isAmong(T value, List<T> chosen) {
        return chosen.isEmpty() || chosen.contains(value);
    }

    @Override
    public List<PartitionId> targets(World world) {
        return world.nodes().stream()
                .filter(node -> isTarget(node.id()))
                .flatMap(node -> node.partitions().stream())
                .sorted()
                .toList();
    }

    private boolean isTarget(NodeId node) {
        return from.isEmpty() && to.isEmpty() || from.contains(node) || to.contains(node);
    }
}
