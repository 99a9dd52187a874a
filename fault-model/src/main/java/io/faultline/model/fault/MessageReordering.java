package io.faultline.model.fault;

import io.faultline.kernel.random.Distribution;
import io.faultline.model.Probability;
import io.faultline.model.Setting;
import io.faultline.model.World;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.network.Envelope;
import io.faultline.model.network.MessageKind;
import io.faultline.model.network.Verdict;

import java.util.List;

/// Some messages between nodes are held up on their way, so that later ones overtake them.
///
/// Reliable kinds are not spared, since each message of theirs travels for itself.
public record MessageReordering(
        @Setting(value = "the share of messages that are held up", byDefault = "100%")
                Probability chance,
        @Setting("the window for others to overtake: how long each is held up") Distribution window,
        @Setting("the kinds of messages concerned; every kind if left out")
                List<MessageKind> messages,
        @Setting(value = "the nodes that sent them; any if left out", byDefault = "[]")
                Selector from,
        @Setting(value = "the nodes that they are sent to; any if left out", byDefault = "[]")
                Selector to)
        implements Fault {

    @Override
    public Runnable inject(World world, Effect effect) {
        var traffic = traffic(world, effect);
        return world.network()
                .install((Envelope envelope) -> {
                    if (!traffic.includes(envelope)) {
                        return Verdict.PASS;
                    }
                    var link = Traffic.chance(envelope, effect);
                    if (!link.nextBoolean(chance.value())) {
                        return Verdict.PASS;
                    }
                    long nanos = window.sampleNanos(link);
                    if (nanos > 0) {
                        effect.take();
                    }
                    return new Verdict.Delay(nanos);
                });
    }

    @Override
    public Aftermath aftermath() {
        return Aftermath.ofLate(window);
    }

    @Override
    public List<PartitionId> targets(World world, Effect effect) {
        return traffic(world, effect).targets(world);
    }

    private Traffic traffic(World world, Effect effect) {
        return Traffic.of(messages, from, to, world, effect);
    }
}
