package io.faultline.report.metric;

import io.faultline.kernel.Trace;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.observation.Observed.StatusChanged;

import java.util.HashSet;
import java.util.List;

/// How many partitions were suspected or failed at most at one time.
public record PeakUnhealthy() implements Peak {

    @Override
    public String description() {
        return "the most partitions that were suspected or failed at one time";
    }

    @Override
    public List<Tag> tags() {
        return Tag.OF_RUN;
    }

    @Override
    public Most of(Trace trace, Sieve sieve) {
        long most = 0;
        var unhealthy = new HashSet<PartitionId>();
        long since = 0;
        for (var entry : trace) {
            long now = entry.time().nanos();
            if (sieve.overlap(since, now) > 0) {
                most = Math.max(most, unhealthy.size());
            }
            since = now;
            if (entry.what() instanceof StatusChanged change) {
                if (change.to() == PartitionStatus.HEALTHY) {
                    unhealthy.remove(change.partition());
                } else {
                    unhealthy.add(change.partition());
                    most = sieve.takes(entry) ? Math.max(most, unhealthy.size()) : most;
                }
            }
        }
        return new Most(most);
    }
}
