package io.faultline.report.metric;

import io.faultline.kernel.Trace;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.observation.Observed.StatusChanged;

import java.util.HashMap;
import java.util.List;

/// How long a partition stays failed: from FAILED to HEALTHY, waits for the lock, pauses and failed
/// attempts included. Partitions that are still failed when the run ends have none.
public record RecoveryLatency() implements Latency {

    @Override
    public String description() {
        return "from FAILED to HEALTHY";
    }

    @Override
    public List<Tag> tags() {
        return List.of(Tag.DURING, Tag.PARTITION, Tag.REGION, Tag.FAULT, Tag.PHASE);
    }

    @Override
    public Samples of(Trace trace, Sieve sieve) {
        if (sieve.phase().isPresent()) {
            return Samples.ofPhase(trace, sieve.phase().get(), sieve);
        }
        var samples = new Samples();
        var failedAt = new HashMap<PartitionId, Long>();
        for (var entry : trace) {
            if (entry.what() instanceof StatusChanged change) {
                if (change.to() == PartitionStatus.FAILED) {
                    failedAt.put(change.partition(), entry.time().nanos());
                } else if (change.from() == PartitionStatus.FAILED) {
                    var since = failedAt.remove(change.partition());
                    if (since != null
                            && change.to() == PartitionStatus.HEALTHY
                            && sieve.takes(entry, change.partition())) {
                        samples.add(entry.time().nanos() - since);
                    }
                }
            }
        }
        return samples;
    }
}
