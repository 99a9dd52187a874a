package io.faultline.model.fault;

import io.faultline.model.Setting;
import io.faultline.model.World;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.network.Gate;
import io.faultline.model.network.MessageKind;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Messages between nodes are held back and let go in the order in which they were sent: each when
/// its time is over, and all that are left at the end of the fault.
///
/// A message that is held back is not lost, so those of reliable kinds are not sent again
/// meanwhile. One that finds its receiver down when it comes is gone. If all are held back until
/// the end, of every kind, the nodes are cut off from each other in truth.
public record MessageHold(
        @Setting("how long each is held back at most; until the end if left out")
                Optional<Duration> longest,
        @Setting("the kinds of messages concerned; every kind if left out")
                List<MessageKind> messages,
        @Setting(value = "the nodes that sent them; any if left out", byDefault = "[]")
                Selector from,
        @Setting(value = "the nodes that they are sent to; any if left out", byDefault = "[]")
                Selector to)
        implements Fault {

    public MessageHold {
        if (longest.isPresent() && !longest.get().isPositive()) {
            throw new IllegalArgumentException("longest must be longer than 0");
        }
    }

    @Override
    public Runnable inject(World world, Effect effect) {
        var traffic = traffic(world, effect);
        long nanos = longest.map(Duration::toNanos).orElse(Gate.UNTIL_IT_OPENS);
        var gate =
                new Gate(envelope -> {
                    if (!traffic.includes(envelope)) {
                        return Gate.PASSES;
                    }
                    effect.take();
                    return nanos;
                });
        world.network().close(gate);
        Runnable end = () -> world.network().open(gate);
        return isTotal() ? traffic.silence(world, end) : end;
    }

    @Override
    public List<PartitionId> targets(World world, Effect effect) {
        return traffic(world, effect).targets(world);
    }

    @Override
    public List<PartitionId> takesOut(World world, Effect effect) {
        return isTotal() ? traffic(world, effect).takesOut(world) : List.of();
    }

    private boolean isTotal() {
        return longest.isEmpty();
    }

    private Traffic traffic(World world, Effect effect) {
        return Traffic.of(messages, from, to, world, effect);
    }
}
