package io.faultline.model.recovery;

import io.faultline.model.cluster.PartitionId;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// How many entities each partition owns, as the coordinator decides it. Moves never lose or double
/// one.
final class Placement {

    private final int[] owned;

    /// Entities that change their owner.
    record Move(PartitionId from, PartitionId to, int entities) {}

    Placement(int partitions, int entitiesEach) {
        this.owned = new int[partitions];
        Arrays.fill(owned, entitiesEach);
    }

    int owned(PartitionId partition) {
        return owned[partition.rank()];
    }

    /// Gives all entities of a partition to others, in shares as equal as can be; lower ranks get
    /// the odd ones.
    List<Move> spread(PartitionId from, List<PartitionId> to) {
        var moves = new ArrayList<Move>();
        int total = owned(from);
        for (int i = 0; i < to.size(); i++) {
            int share = total / to.size() + (i < total % to.size() ? 1 : 0);
            move(moves, from, to.get(i), share);
        }
        return moves;
    }

    /// Brings a partition up to the mean of its group: each of the others gives what it has above
    /// the mean until the partition has its share.
    List<Move> fill(PartitionId to, List<PartitionId> others) {
        var moves = new ArrayList<Move>();
        long total = owned(to);
        for (var other : others) {
            total += owned(other);
        }
        int mean = (int) (total / (others.size() + 1));
        for (var other : others) {
            int surplus = Math.min(owned(other) - mean, mean - owned(to));
            move(moves, other, to, Math.max(surplus, 0));
        }
        return moves;
    }

    private void move(List<Move> moves, PartitionId from, PartitionId to, int entities) {
        if (entities > 0) {
            owned[from.rank()] -= entities;
            owned[to.rank()] += entities;
            moves.add(new Move(from, to, entities));
        }
    }
}
