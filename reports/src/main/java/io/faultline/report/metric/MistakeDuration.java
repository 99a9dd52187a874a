package io.faultline.report.metric;

import io.faultline.kernel.Trace;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.observation.Observed.PartitionDown;
import io.faultline.model.observation.Observed.StatusChanged;
import io.faultline.report.Truth;

import java.util.HashMap;
import java.util.List;

/// How long mistakes last: from the suspicion of a partition that is up until it is taken to be
/// healthy again, or until the suspicion comes true (T_M of Chen, Toueg and Aguilera, *On the
/// quality of service of failure detectors*, 2002). A mistake that stands when the run ends has
/// none; [QueryAccuracy] has its share in it.
public record MistakeDuration() implements Latency {

    @Override
    public String description() {
        return "from a false suspicion to its end";
    }

    @Override
    public List<Tag> tags() {
        return Tag.OF_PARTITION;
    }

    @Override
    public Samples of(Trace trace, Sieve sieve) {
        var samples = new Samples();
        var truth = new Truth();
        var mistakes = new HashMap<PartitionId, Long>();
        for (var entry : trace) {
            truth.see(entry);
            long now = entry.time().nanos();
            var concerned =
                    switch (entry.what()) {
                        case StatusChanged change -> change.partition();
                        case PartitionDown down -> down.partition();
                        default -> null;
                    };
            var over =
                    switch (entry.what()) {
                        case StatusChanged change -> {
                            if (change.to() == PartitionStatus.SUSPECTED
                                    && truth.onset(change).isEmpty()) {
                                mistakes.put(change.partition(), now);
                            }
                            yield change.to() == PartitionStatus.HEALTHY
                                    ? mistakes.remove(change.partition())
                                    : null;
                        }
                        case PartitionDown down -> mistakes.remove(down.partition());
                        default -> null;
                    };
            if (over != null && sieve.takes(entry, concerned)) {
                samples.add(now - over);
            }
        }
        return samples;
    }
}
