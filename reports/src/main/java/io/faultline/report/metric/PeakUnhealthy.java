package io.faultline.report.metric;

import io.faultline.kernel.Trace;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.observation.Observed.StatusChanged;

import java.util.HashSet;

/// How many partitions were suspected or failed at most at one time.
public record PeakUnhealthy() implements Peak {

    @Override
    public String description() {
        return "the most partitions that were suspected or failed at one time";
    }

    @Override
    public Most of(Trace trace) {
        long most = 0;
        var unhealthy = new HashSet<PartitionId>();
        for (var entry : trace) {
            if (entry.what() instanceof StatusChanged change) {
                if (change.to() == PartitionStatus.HEALTHY) {
                    unhealthy.remove(change.partition());
                } else {
                    unhealthy.add(change.partition());
                    most = Math.max(most, unhealthy.size());
                }
            }
        }
        return new Most(most);
    }
}
