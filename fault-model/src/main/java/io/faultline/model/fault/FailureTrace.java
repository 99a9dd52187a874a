package io.faultline.model.fault;

import io.faultline.kernel.Timer;
import io.faultline.kernel.entity.Kronos;
import io.faultline.model.Setting;
import io.faultline.model.Table;
import io.faultline.model.Turn;
import io.faultline.model.World;
import io.faultline.model.cluster.PartitionId;

import java.util.ArrayList;
import java.util.List;

/// Nodes crash and start again at the times at which others once did. At the end of the fault, if
/// it has one, those that are down start again, and the rest of the trace is left out.
///
/// It takes effect with the first of its crashes that does. A budget is asked at each of them.
public record FailureTrace(
        @Table("file") @Setting("who was down, from when until when") List<Outage> outages)
        implements Fault {

    public FailureTrace {
        outages = List.copyOf(outages);
        if (outages.isEmpty()) {
            throw new IllegalArgumentException("failure-trace needs outages, or a file of them");
        }
    }

    @Override
    public Runnable inject(World world, Effect effect) {
        var replay = new Replay(effect);
        var timers = new ArrayList<Timer>();
        for (var outage : outages) {
            var node = world.node(outage.node());
            timers.add(
                    Kronos.timer(
                            outage.down().toNanos(),
                            Turn.FAULT.ofNobody(),
                            () -> replay.fail(outage, node)));
            outage.up()
                    .ifPresent(up ->
                            timers.add(
                                    Kronos.timer(
                                            up.toNanos(),
                                            Turn.HEAL.ofNobody(),
                                            () -> replay.repair(outage, node))));
        }
        return () -> {
            timers.forEach(Timer::cancel);
            replay.end();
        };
    }

    @Override
    public List<PartitionId> targets(World world, Effect effect) {
        return outages.stream()
                .map(Outage::node)
                .distinct()
                .flatMap(node -> world.node(node).partitions().stream())
                .sorted()
                .toList();
    }

    /// Without the lines, of which there may be many.
    @Override
    public String toString() {
        return "FailureTrace[%d outages of %d nodes]"
                .formatted(outages.size(), outages.stream().map(Outage::node).distinct().count());
    }
}
