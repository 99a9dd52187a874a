package io.faultline.model.network;

import io.faultline.model.cluster.PartitionId;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Tells what partitions say for the first time from what comes again, in whatever order it comes.
///
/// Each numbers what it says, from 1 on since its node started last. Whatever it said before that
/// counts as known once anything newer has come.
public final class Repeats {

    private final int[] incarnations;
    private final int[] before;
    private final Map<Integer, Set<Integer>> beyond = new HashMap<>(); // by rank; never iterated

    /// @param partitions how many of them there are
    public Repeats(int partitions) {
        this.incarnations = new int[partitions];
        this.before = new int[partitions];
    }

    /// Whether this comes for the first time. It does not a second time.
    ///
    /// @param incarnation of the node of the partition
    public boolean isNew(PartitionId partition, int incarnation, int number) {
        int rank = partition.rank();
        if (incarnation < incarnations[rank]) {
            return false;
        }
        if (incarnation > incarnations[rank]) {
            incarnations[rank] = incarnation;
            before[rank] = 0;
            beyond.remove(rank);
        }
        if (number <= before[rank]) {
            return false;
        }
        if (number > before[rank] + 1) {
            return beyond.computeIfAbsent(rank, _ -> new HashSet<>()).add(number);
        }
        before[rank] = number;
        var later = beyond.getOrDefault(rank, Set.of());
        while (later.contains(before[rank] + 1)) {
            later.remove(++before[rank]);
        }
        return true;
    }
}
