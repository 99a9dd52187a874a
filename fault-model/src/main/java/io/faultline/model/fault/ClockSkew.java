package io.faultline.model.fault;

import io.faultline.model.ClockStep;
import io.faultline.model.Setting;
import io.faultline.model.World;
import io.faultline.model.cluster.PartitionId;

import java.time.Duration;
import java.util.List;

/// Somebody sets the clocks of nodes, and sets them by as much the other way at the end of the
/// fault, if it has one.
///
/// It takes effect when somebody on such a node reads the clock. Timers run on unmoved, so where
/// nobody compares what a clock shows with what it showed before, it never does.
public record ClockSkew(
        @Setting("the nodes whose clocks are set") Selector nodes,
        @Setting("how far they are set forward, or back if negative") ClockStep by)
        implements Fault {

    public ClockSkew {
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("clock-skew needs nodes");
        }
    }

    @Override
    public Runnable inject(World world, Effect effect) {
        return Clocks.change(
                effect.choose("nodes", nodes, world),
                clock -> clock.step(by.nanos(), effect::take));
    }

    @Override
    public Aftermath aftermath() {
        return Aftermath.ofClockStep(Duration.ofNanos(Math.abs(by.nanos())));
    }

    @Override
    public List<PartitionId> targets(World world, Effect effect) {
        return effect.partitions("nodes", nodes, world);
    }
}
