package io.faultline.report.metric;

import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.observation.Observed.PartitionDown;
import io.faultline.model.observation.Observed.PartitionPlaced;
import io.faultline.model.observation.Observed.PartitionUp;
import io.faultline.model.observation.Observed.StatusChanged;

import java.util.HashSet;
import java.util.List;

/// The chance that a partition which is up is also taken to be healthy, at any time from the first
/// observation to the last (P_A of Chen, Toueg and Aguilera, 2002). Mistakes that stand when the
/// run ends count as far as they go. A partition that waits for its recovery although it is up
/// again counts, too: the coordinator is mistaken about it.
public record QueryAccuracy() implements Share {

    @Override
    public String description() {
        return "time in which partitions that are up were taken to be healthy";
    }

    @Override
    public List<Tag> tags() {
        return Tag.OF_PARTITION;
    }

    @Override
    public Fold<Ratio> begin(Sieve sieve) {
        var time = new WeightedTime(sieve);
        var placed = new HashSet<PartitionId>();
        var out = new HashSet<PartitionId>();
        var mistaken = new HashSet<PartitionId>();
        var distrusted = new HashSet<PartitionId>();
        return Fold.knowingTheTruth(
                time::share,
                (entry, truth) -> {
                    var concerned =
                            switch (entry.what()) {
                                case PartitionPlaced placing -> {
                                    if (sieve.isAt(entry, placing.partition())) {
                                        placed.add(placing.partition());
                                    }
                                    yield null;
                                }
                                case PartitionDown down -> down.partition();
                                case PartitionUp back -> back.partition();
                                case StatusChanged change -> {
                                    set(
                                            distrusted,
                                            change.partition(),
                                            change.to() != PartitionStatus.HEALTHY);
                                    yield change.partition();
                                }
                                default -> null;
                            };
                    if (concerned != null && placed.contains(concerned)) {
                        boolean isOut = truth.isOut(concerned);
                        set(out, concerned, isOut);
                        set(mistaken, concerned, !isOut && distrusted.contains(concerned));
                    }
                    int up = placed.size() - out.size();
                    time.be(entry, up - mistaken.size(), up);
                });
    }

    private static void set(HashSet<PartitionId> set, PartitionId partition, boolean in) {
        if (in) {
            set.add(partition);
        } else {
            set.remove(partition);
        }
    }
}
