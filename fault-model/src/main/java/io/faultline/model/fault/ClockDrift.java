package io.faultline.model.fault;

import io.faultline.model.Setting;
import io.faultline.model.World;
import io.faultline.model.cluster.PartitionId;

import java.util.List;

/// The clocks of nodes are too fast or too slow. They go right again at the end of the fault, if it
/// has one, but nobody sets them.
///
/// It takes effect when time is measured by such a clock, by a timer for example.
public record ClockDrift(
        @Setting("the nodes whose clocks drift") Selector nodes,
        @Setting(
                        "by how many millionths they are too fast, or too slow if negative: 1000 is"
                                + " a millisecond in every second")
                int ppm)
        implements Fault {

    private static final int MOST = 100_000;

    public ClockDrift {
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("clock-drift needs nodes");
        }
        if (ppm == 0 || ppm < -MOST || ppm > MOST) {
            throw new IllegalArgumentException(
                    "ppm lies between -" + MOST + " and " + MOST + " and is not 0, but was " + ppm);
        }
    }

    @Override
    public Runnable inject(World world, Effect effect) {
        return Clocks.change(
                effect.choose("nodes", nodes, world), clock -> clock.drift(ppm, effect::take));
    }

    @Override
    public Aftermath aftermath() {
        return Aftermath.ofClockRate(Math.abs(ppm));
    }

    @Override
    public List<PartitionId> targets(World world, Effect effect) {
        return effect.partitions("nodes", nodes, world);
    }
}
