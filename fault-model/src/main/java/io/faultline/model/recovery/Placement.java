package io.faultline.model.recovery;

import io.faultline.model.cluster.PartitionId;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/// How many entities each partition owns, as the coordinator decides it. Moves never lose or double
/// one.
///
/// Moves are planned first and made later. In between the entities belong to whom they belonged
/// before, but are promised, and no other plan counts on them.
final class Placement {

    private final int[] owned;
    private final int[] promised;

    /// Entities that change their owner.
    record Move(PartitionId from, PartitionId to, int entities) {}

    Placement(int partitions, int entitiesEach) {
        this.owned = new int[partitions];
        this.promised = new int[partitions];
        Arrays.fill(owned, entitiesEach);
    }

    int owned(PartitionId partition) {
        return owned[partition.rank()];
    }

    private int free(PartitionId partition) {
        return owned[partition.rank()] - promised[partition.rank()];
    }

    /// Plans to give all entities of a partition to others, in shares as equal as can be; the first
    /// ones get the odd ones.
    List<Move> spread(PartitionId from, List<PartitionId> to) {
        var moves = new ArrayList<Move>();
        int total = free(from);
        for (int i = 0; i < to.size(); i++) {
            int share = total / to.size() + (i < total % to.size() ? 1 : 0);
            plan(moves, from, to.get(i), share);
        }
        return moves;
    }

    /// Plans to bring a partition up to the mean of its group: each of the others gives what it has
    /// above the mean until the partition has its share.
    List<Move> fill(PartitionId to, Collection<PartitionId> others) {
        var moves = new ArrayList<Move>();
        long total = owned(to);
        for (var other : others) {
            total += free(other);
        }
        int mean = (int) (total / (others.size() + 1));
        int missing = mean - owned(to);
        for (var other : others) {
            int surplus = Math.max(Math.min(free(other) - mean, missing), 0);
            plan(moves, other, to, surplus);
            missing -= surplus;
        }
        return moves;
    }

    /// Plans to give so many entities of one partition to another, as far as it has them.
    List<Move> give(PartitionId from, PartitionId to, int entities) {
        var moves = new ArrayList<Move>();
        plan(moves, from, to, Math.min(entities, free(from)));
        return moves;
    }

    /// Plans one move.
    void plan(Move move) {
        promised[move.from().rank()] += move.entities();
    }

    private void plan(List<Move> moves, PartitionId from, PartitionId to, int entities) {
        if (entities > 0) {
            var move = new Move(from, to, entities);
            plan(move);
            moves.add(move);
        }
    }

    /// Makes a move that was planned.
    void make(Move move) {
        cancel(move);
        owned[move.from().rank()] -= move.entities();
        owned[move.to().rank()] += move.entities();
    }

    /// Gives up a move that was planned.
    void cancel(Move move) {
        promised[move.from().rank()] -= move.entities();
    }
}
