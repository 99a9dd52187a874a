package io.faultline.report.metric;

import io.faultline.kernel.Trace;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.observation.Observed.StatusChanged;

import java.util.HashMap;
import java.util.List;

/// From SUSPECTED to FAILED, rightly or not. Suspicions that were withdrawn, or that stand when the
/// run ends, have none.
public record ConfirmationLatency() implements Latency {

    @Override
    public String description() {
        return "from SUSPECTED to FAILED";
    }

    @Override
    public boolean isDrawn() {
        return false;
    }

    @Override
    public List<Tag> tags() {
        return Tag.OF_PARTITION;
    }

    @Override
    public Samples of(Trace trace, Sieve sieve) {
        var samples = new Samples();
        var suspected = new HashMap<PartitionId, Long>();
        for (var entry : trace) {
            if (entry.what() instanceof StatusChanged change) {
                var since = suspected.remove(change.partition());
                if (change.to() == PartitionStatus.SUSPECTED) {
                    suspected.put(change.partition(), entry.time().nanos());
                } else if (change.to() == PartitionStatus.FAILED
                        && since != null
                        && sieve.takes(entry, change.partition())) {
                    samples.add(entry.time().nanos() - since);
                }
            }
        }
        return samples;
    }
}
