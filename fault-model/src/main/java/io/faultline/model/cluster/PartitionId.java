package io.faultline.model.cluster;

/// Names a partition by its rank, which is also the tie-break wherever partitions compete; prints
/// as `P3`.
///
/// @param rank the partition's index, from 0
public record PartitionId(int rank) implements Comparable<PartitionId> {
    public PartitionId {
        if (rank < 0) {
            throw new IllegalArgumentException("ranks start at 0, but was " + rank);
        }
    }

    @Override
    public int compareTo(PartitionId other) {
        return Integer.compare(rank, other.rank);
    }

    @Override
    public String toString() {
        return "P" + rank;
    }
}
