package io.faultline.report.metric;

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
        return Tag.and(Tag.OF_FAULT, Tag.PHASE, Tag.HEALING);
    }

    @Override
    public Fold<Samples> begin(Sieve sieve) {
        if (sieve.phase().isPresent()) {
            return Samples.ofPhase(sieve.phase().get(), sieve);
        }
        var samples = new Samples();
        var failedAt = new HashMap<PartitionId, Long>();
        return Fold.of(
                () -> samples,
                entry -> {
                    if (entry.what() instanceof StatusChanged change) {
                        if (change.to() == PartitionStatus.FAILED) {
                            failedAt.put(change.partition(), entry.time().nanos());
                        } else if (change.from() == PartitionStatus.FAILED) {
                            var since = failedAt.remove(change.partition());
                            if (since != null
                                    && change.to() == PartitionStatus.HEALTHY
                                    && sieve.takes(entry, change.partition())
                                    && sieve.is(Tag.HEALING, change.reason())) {
                                samples.add(entry.time().nanos() - since);
                            }
                        }
                    }
                },
                StatusChanged.class);
    }
}
