package io.faultline.model.quorum;

/// More than half of all partitions: no two quorums can exist side by side.
public record StrictMajority() implements Quorum {
    @Override
    public int needed(int total) {
        return total / 2 + 1;
    }
}
