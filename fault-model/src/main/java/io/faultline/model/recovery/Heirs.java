package io.faultline.model.recovery;

import io.faultline.model.cluster.PartitionId;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/// Who was given the entities of partitions that failed, and so holds what they get back.
final class Heirs {

    private final Map<PartitionId, Set<PartitionId>> heirs = new HashMap<>(); // never iterated

    /// One partition gave entities to another.
    void add(PartitionId from, PartitionId to) {
        heirs.computeIfAbsent(from, _ -> new LinkedHashSet<>()).add(to);
    }

    /// A partition has got back what it gets.
    void forget(PartitionId partition) {
        heirs.remove(partition);
    }

    /// Who holds entities of a partition now, in order of rank: its heirs, and the heirs of those
    /// of them which have failed since.
    Collection<PartitionId> holders(PartitionId partition, Predicate<PartitionId> healthy) {
        var holders = new TreeSet<PartitionId>();
        collect(partition, healthy, holders, new TreeSet<>(Set.of(partition)));
        return holders;
    }

    private void collect(
            PartitionId partition,
            Predicate<PartitionId> healthy,
            Set<PartitionId> holders,
            Set<PartitionId> seen) {
        for (var heir : heirs.getOrDefault(partition, Set.of())) {
            if (seen.add(heir)) {
                if (healthy.test(heir)) {
                    holders.add(heir);
                } else {
                    collect(heir, healthy, holders, seen);
                }
            }
        }
    }
}
