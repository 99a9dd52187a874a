package io.faultline.report.metric;

import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.observation.Observed.StatusChanged;

import java.util.HashMap;
import java.util.List;

/// From one mistake about a partition to the next (T_MR of Chen, Toueg and Aguilera, 2002). The
/// time before the first and after the last has no end within the run and is left out, so short
/// runs make detectors look worse than they are: with few mistakes, `false.suspicions` and
/// [QueryAccuracy] say more.
public record MistakeRecurrence() implements Latency {

    @Override
    public String description() {
        return "from one false suspicion of a partition to the next";
    }

    @Override
    public boolean isDrawn() {
        return false;
    }

    @Override
    public List<Tag> tags() {
        return Tag.and(Tag.OF_PARTITION, Tag.SUSPICION);
    }

    @Override
    public Fold<Samples> begin(Sieve sieve) {
        var samples = new Samples();
        var last = new HashMap<PartitionId, Long>();
        return Fold.knowingTheTruth(
                () -> samples,
                (entry, truth) -> {
                    if (entry.what() instanceof StatusChanged change
                            && change.to() == PartitionStatus.SUSPECTED
                            && truth.onset(change).isEmpty()) {
                        long now = entry.time().nanos();
                        var before = last.put(change.partition(), now);
                        if (before != null
                                && sieve.takes(entry, change.partition())
                                && sieve.is(Tag.SUSPICION, change.reason())) {
                            samples.add(now - before);
                        }
                    }
                });
    }
}
