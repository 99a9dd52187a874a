package io.faultline.report.metric;

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
        return Tag.and(Tag.OF_FAULT, Tag.FAILURE);
    }

    @Override
    public Fold<Samples> begin(Sieve sieve) {
        var samples = new Samples();
        var suspected = new HashMap<PartitionId, Long>();
        return Fold.of(
                () -> samples,
                entry -> {
                    if (entry.what() instanceof StatusChanged change) {
                        var since = suspected.remove(change.partition());
                        if (change.to() == PartitionStatus.SUSPECTED) {
                            suspected.put(change.partition(), entry.time().nanos());
                        } else if (change.to() == PartitionStatus.FAILED
                                && since != null
                                && sieve.takes(entry, change.partition())
                                && sieve.is(Tag.FAILURE, change.reason())) {
                            samples.add(entry.time().nanos() - since);
                        }
                    }
                },
                StatusChanged.class);
    }
}
