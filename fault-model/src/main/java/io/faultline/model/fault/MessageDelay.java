package io.faultline.model.fault;

import io.faultline.kernel.random.Distribution;
import io.faultline.model.Setting;
import io.faultline.model.World;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.network.Envelope;
import io.faultline.model.network.MessageKind;
import io.faultline.model.network.Verdict;

import java.util.List;

/// Messages between nodes take longer (a performance fault). Each draws its own delay, so with one
/// that varies messages overtake each other.
public record MessageDelay(
        @Setting("added to the latency of every message concerned") Distribution extra,
        @Setting("the kinds of messages concerned; every kind if left out")
                List<MessageKind> messages,
        @Setting("the nodes that sent them; any if left out") List<NodeId> from,
        @Setting("the nodes that they are sent to; any if left out") List<NodeId> to)
        implements Fault {

    @Override
    public Runnable inject(World world, Effect effect) {
        return world.network()
                .install((Envelope envelope) -> {
                    if (!traffic().includes(envelope)) {
                        return Verdict.PASS;
                    }
                    var link = effect.random(envelope.from() + "->" + envelope.at());
                    long nanos = extra.sampleNanos(link);
                    if (nanos > 0) {
                        effect.take();
                    }
                    return new Verdict.Delay(nanos);
                });
    }

    @Override
    public List<PartitionId> targets(World world) {
        return traffic().targets(world);
    }

    private Traffic traffic() {
        return new Traffic(messages, from, to);
    }
}
