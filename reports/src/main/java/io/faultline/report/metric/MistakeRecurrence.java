package io.faultline.report.metric;

import io.faultline.kernel.Trace;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.observation.Observed.StatusChanged;
import io.faultline.report.Truth;

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
        return Tag.OF_PARTITION;
    }

    @Override
    public Samples of(Trace trace, Sieve sieve) {
        var samples = new Samples();
        var truth = new Truth();
        var last = new HashMap<PartitionId, Long>();
        for (var entry : trace) {
            truth.see(entry);
            if (entry.what() instanceof StatusChanged change
                    && change.to() == PartitionStatus.SUSPECTED
                    && truth.onset(change).isEmpty()) {
                long now = entry.time().nanos();
                var before = last.put(change.partition(), now);
                if (before != null && sieve.takes(entry, change.partition())) {
                    samples.add(now - before);
                }
            }
        }
        return samples;
    }
}
