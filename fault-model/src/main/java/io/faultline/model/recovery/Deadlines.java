package io.faultline.model.recovery;

import io.faultline.kernel.Timer;
import io.faultline.model.Turn;
import io.faultline.model.cluster.NodeClock;
import io.faultline.model.cluster.PartitionId;

import java.util.function.Consumer;

/// Timers for one purpose, one for each partition, by the clock of a node.
final class Deadlines {

    private final NodeClock clock;
    private final Consumer<PartitionId> passed;
    private final Timer[] timers;

    /// @param passed calls the event that happens when the time is over
    Deadlines(NodeClock clock, int partitions, Consumer<PartitionId> passed) {
        this.clock = clock;
        this.passed = passed;
        this.timers = new Timer[partitions];
    }

    /// Sets the timer of a partition.
    void start(PartitionId partition, long nanos) {
        timers[partition.rank()] =
                clock.timer(nanos, Turn.TIMER.of(partition), () -> passed.accept(partition));
    }

    /// Calls it off.
    ///
    /// @return whether it was running
    boolean cancel(PartitionId partition) {
        var timer = timers[partition.rank()];
        return timer != null && timer.cancel();
    }

    /// Whether the timer of a partition, which was set before, has still to go off.
    boolean isRunning(PartitionId partition) {
        return timers[partition.rank()].isPending();
    }
}
