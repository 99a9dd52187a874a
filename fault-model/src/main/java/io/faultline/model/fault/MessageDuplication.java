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
import java.util.stream.Stream;

/// Messages between nodes arrive more than once. Each copy may come later than the message, so that
/// it meets a receiver that has gone on since.
///
/// Reliable kinds are not spared: it is as if the sender had sent the message again because an
/// answer did not come, so the receiver has to tell by what the message says that it knows it.
/// Copies that are lost are not sent again.
public record MessageDuplication(
        @Setting(value = "the share of messages that are duplicated", byDefault = "100%")
                Probability chance,
        @Setting(value = "how many copies of each arrive besides", byDefault = "1") int copies,
        @Setting(
                        value = "how much later than the message each copy of it arrives",
                        byDefault = "0ms")
                Distribution late,
        @Setting("the kinds of messages concerned; every kind if left out")
                List<MessageKind> messages,
        @Setting(value = "the nodes that sent them; any if left out", byDefault = "[]")
                Selector from,
        @Setting(value = "the nodes that they are sent to; any if left out", byDefault = "[]")
                Selector to)
        implements Fault {

    public MessageDuplication {
        if (copies < 1) {
            throw new IllegalArgumentException("copies must be at least 1, but was " + copies);
        }
    }

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
                    effect.take();
                    return new Verdict.Duplicate(
                            Stream.generate(() -> late.sampleNanos(link)).limit(copies).toList());
                });
    }

    @Override
    public Aftermath aftermath() {
        return Aftermath.ofLate(late);
    }

    @Override
    public List<PartitionId> targets(World world, Effect effect) {
        return traffic(world, effect).targets(world);
    }

    private Traffic traffic(World world, Effect effect) {
        return Traffic.of(messages, from, to, world, effect);
    }
}
