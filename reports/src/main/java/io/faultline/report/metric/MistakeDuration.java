package io.faultline.report.metric;

import io.faultline.kernel.Trace;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.cluster.StatusReason;
import io.faultline.model.observation.Observed.PartitionDown;
import io.faultline.model.observation.Observed.StatusChanged;

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
        return Tag.and(Tag.OF_PARTITION, Tag.SUSPICION);
    }

    @Override
    public Fold<Samples> begin(Sieve sieve) {
        var samples = new Samples();
        var mistakes = new HashMap<PartitionId, Mistake>();
        return Fold.knowingTheTruth(
                () -> samples,
                (entry, truth) -> {
                    long now = entry.time().nanos();
                    switch (entry.what()) {
                        case StatusChanged change -> {
                            var partition = change.partition();
                            if (change.to() == PartitionStatus.SUSPECTED
                                    && truth.onset(change).isEmpty()) {
                                mistakes.put(partition, new Mistake(now, change.reason()));
                            } else if (change.to() == PartitionStatus.HEALTHY) {
                                over(entry, mistakes.remove(partition), partition, sieve, samples);
                            }
                        }
                        case PartitionDown(var partition, _) ->
                                over(entry, mistakes.remove(partition), partition, sieve, samples);
                        default -> {}
                    }
                });
    }

    private record Mistake(long since, StatusReason reason) {}

    private static void over(
            Trace.Entry entry,
            Mistake mistake,
            PartitionId partition,
            Sieve sieve,
            Samples samples) {
        if (mistake != null
                && sieve.takes(entry, partition)
                && sieve.is(Tag.SUSPICION, mistake.reason())) {
            samples.add(entry.time().nanos() - mistake.since());
        }
    }
}
