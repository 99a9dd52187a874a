package io.faultline.model.fault;

import io.faultline.model.Probability;
import io.faultline.model.Setting;
import io.faultline.model.World;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.network.MessageKind;
import io.faultline.model.network.Verdict;

import java.util.List;

/// Messages between nodes are lost on their way (an omission fault). If all are, of every kind, the
/// nodes are cut off from each other in truth.
public record MessageLoss(
        @Setting(value = "the share of messages that are lost", byDefault = "100%")
                Probability chance,
        @Setting("the kinds of messages concerned; every kind if left out")
                List<MessageKind> messages,
        @Setting(value = "the nodes that sent them; any if left out", byDefault = "[]")
                Selector from,
        @Setting(value = "the nodes that they are sent to; any if left out", byDefault = "[]")
                Selector to)
        implements Fault {

    @Override
    public Runnable inject(World world, Effect effect) {
        return traffic(world, effect).fail(chance, new Verdict.Drop(), world, effect);
    }

    @Override
    public Aftermath aftermath() {
        return Aftermath.ofLost(messages);
    }

    @Override
    public List<PartitionId> targets(World world, Effect effect) {
        return traffic(world, effect).targets(world);
    }

    @Override
    public List<PartitionId> takesOut(World world, Effect effect) {
        return traffic(world, effect).takesOut(chance, world);
    }

    private Traffic traffic(World world, Effect effect) {
        return Traffic.of(messages, from, to, world, effect);
    }
}
