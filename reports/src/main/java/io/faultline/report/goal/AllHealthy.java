package io.faultline.report.goal;

import io.faultline.kernel.Trace;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.observation.Observed;

import java.util.TreeSet;
import java.util.function.Predicate;

/// Every partition is believed to be healthy, and is up in truth.
public record AllHealthy() implements Goal {

    @Override
    public String description() {
        return "every partition is believed to be healthy, and is up in truth";
    }

    @Override
    public Reach reach(Trace trace, Aftermath aftermath) {
        return reach(trace, aftermath.core()::contains);
    }

    /// When it was reached.
    ///
    /// @param core who has to be well
    public static Reach reach(Trace trace, Predicate<PartitionId> core) {
        var unhealthy = new TreeSet<PartitionId>();
        var down = new TreeSet<PartitionId>();
        var course = new Reach.Course(true);
        for (var entry : trace) {
            switch (entry.what()) {
                case Observed.StatusChanged changed when core.test(changed.partition()) ->
                        update(
                                unhealthy,
                                changed.partition(),
                                changed.to() != PartitionStatus.HEALTHY);
                case Observed.PartitionDown gone when core.test(gone.partition()) ->
                        update(down, gone.partition(), true);
                case Observed.PartitionUp back -> update(down, back.partition(), false);
                default -> {}
            }
            course.now(entry.time(), unhealthy.isEmpty() && down.isEmpty());
        }
        return course.reach();
    }

    private static void update(TreeSet<PartitionId> set, PartitionId partition, boolean in) {
        if (in) {
            set.add(partition);
        } else {
            set.remove(partition);
        }
    }
}
