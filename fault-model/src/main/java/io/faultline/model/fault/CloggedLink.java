package io.faultline.model.fault;

import io.faultline.kernel.entity.Kronos;
import io.faultline.kernel.random.Distribution;
import io.faultline.kernel.random.RandomStream;
import io.faultline.model.Setting;
import io.faultline.model.World;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.network.Gate;
import io.faultline.model.network.MessageKind;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Links between nodes are clogged, each direction for itself: what is sent piles up, and is let
/// through when the clog ends. A link can be clogged for the whole time, or now and then.
///
/// As the simulator of FoundationDB clogs connections (`Sim2` in `fdbrpc`). A message that waits is
/// not lost, so those of reliable kinds are not sent again meanwhile. One that finds its receiver
/// down when it comes is gone.
///
/// Nodes whose link is clogged for the whole time, for every kind, are cut off from each other in
/// truth; a link that is free now and then is a bad one, and no more.
public record CloggedLink(
        @Setting("how long a clog lasts; until the end of the fault if left out")
                Optional<Distribution> clog,
        @Setting("how long a link is free before each clog; not at all if left out")
                Optional<Distribution> free,
        @Setting("the kinds of messages concerned; every kind if left out")
                List<MessageKind> messages,
        @Setting(value = "the nodes that sent them; any if left out", byDefault = "[]")
                Selector from,
        @Setting(value = "the nodes that they are sent to; any if left out", byDefault = "[]")
                Selector to)
        implements Fault {

    public CloggedLink {
        if (clog.isPresent() != free.isPresent()) {
            throw new IllegalArgumentException(
                    "clogged-link needs both clog and free, or neither of them");
        }
        if (clog.isPresent() && !(clog.get().mean() > 0)) {
            throw new IllegalArgumentException("clog must be longer than 0");
        }
    }

    /// One link, which is clogged and free by turns.
    private static final class Turns {
        private final Distribution clog;
        private final Distribution free;
        private final RandomStream chance;
        private long from;
        private long to;

        Turns(Distribution clog, Distribution free, RandomStream chance, long since) {
            this.clog = clog;
            this.free = free;
            this.chance = chance;
            this.to = since;
        }

        /// How long a message that is sent now has to wait; not at all if the link is free.
        long left(long now) {
            while (to <= now) {
                from = to + free.sampleNanos(chance);
                to = from + clog.sampleNanos(chance);
            }
            return from <= now ? to - now : Gate.PASSES;
        }
    }

    @Override
    public Runnable inject(World world, Effect effect) {
        var traffic = traffic(world, effect);
        long since = Kronos.currentTime();
        Map<String, Turns> links = new HashMap<>(); // looked up, never iterated
        var gate =
                new Gate(envelope -> {
                    if (!traffic.includes(envelope)) {
                        return Gate.PASSES;
                    }
                    long wait =
                            clog.isEmpty()
                                    ? Gate.UNTIL_IT_OPENS
                                    : links.computeIfAbsent(
                                                    Traffic.link(envelope),
                                                    name -> turns(effect.random(name), since))
                                            .left(Kronos.currentTime());
                    if (wait != Gate.PASSES) {
                        effect.take();
                    }
                    return wait;
                });
        world.network().close(gate);
        Runnable end = () -> world.network().open(gate);
        return isTotal() ? traffic.silence(world, end) : end;
    }

    private Turns turns(RandomStream chance, long since) {
        return new Turns(clog.orElseThrow(), free.orElseThrow(), chance, since);
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
        return clog.isEmpty();
    }

    private Traffic traffic(World world, Effect effect) {
        return Traffic.of(messages, from, to, world, effect);
    }
}
