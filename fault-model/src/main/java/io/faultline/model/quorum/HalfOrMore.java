package io.faultline.model.quorum;

/// Half of all partitions or more. When an even number splits into equal halves, both are quorums.
public record HalfOrMore() implements Quorum {
    @Override
    public int needed(int total) {
        return Math.ceilDiv(total, 2);
    }
}
