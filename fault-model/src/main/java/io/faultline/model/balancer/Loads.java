package io.faultline.model.balancer;

import io.faultline.model.cluster.PartitionId;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/// How many entities partitions have said that they own.
public record Loads(SortedMap<PartitionId, Integer> byPartition) {

    private static final Comparator<Map.Entry<PartitionId, Integer>> BY_LOAD =
            Map.Entry.<PartitionId, Integer>comparingByValue()
                    .thenComparing(Map.Entry.comparingByKey());

    /// One partition gives entities to another.
    record Gift(PartitionId from, PartitionId to, int entities) {}

    private double mean() {
        return byPartition.values().stream().mapToInt(load -> load).average().orElse(0);
    }

    /// How much the heaviest is above the mean, as a part of the mean; 0 if nobody has anything.
    double imbalance() {
        int heaviest = byPartition.values().stream().mapToInt(load -> load).max().orElse(0);
        return heaviest == 0 ? 0 : heaviest / mean() - 1;
    }

    /// How many rounds a butterfly of so many partitions has: ⌈log₂ P⌉.
    public static int butterflyRounds(int partitions) {
        return partitions <= 1 ? 0 : Integer.SIZE - Integer.numberOfLeadingZeros(partitions - 1);
    }

    /// The gifts of a round.
    ///
    /// @param round from 0
    /// @param batch how many entities one gives to another at most
    List<Gift> gifts(Exchange exchange, int round, int batch) {
        return switch (exchange) {
            case HEAVIEST_TO_LIGHTEST -> heaviestToLightest(batch);
            case BUTTERFLY -> butterfly(round, batch);
        };
    }

    private List<Gift> heaviestToLightest(int batch) {
        var gifts = new ArrayList<Gift>();
        var sorted = byPartition.entrySet().stream().sorted(BY_LOAD).toList();
        int mean = (int) mean();
        for (int light = 0, heavy = sorted.size() - 1; light < heavy; light++, heavy--) {
            int surplus = sorted.get(heavy).getValue() - mean;
            int missing = mean - sorted.get(light).getValue();
            give(
                    gifts,
                    sorted.get(heavy).getKey(),
                    sorted.get(light).getKey(),
                    Math.min(batch, Math.min(surplus, missing)));
        }
        return gifts;
    }

    private List<Gift> butterfly(int round, int batch) {
        var gifts = new ArrayList<Gift>();
        byPartition.forEach((one, load) -> {
            var other = new PartitionId(one.rank() ^ 1 << round);
            if (byPartition.containsKey(other)) {
                give(gifts, one, other, Math.min(batch, (load - byPartition.get(other)) / 2));
            }
        });
        return gifts;
    }

    private static void give(List<Gift> gifts, PartitionId from, PartitionId to, int entities) {
        if (entities > 0) {
            gifts.add(new Gift(from, to, entities));
        }
    }
}
