package io.faultline.model.quorum;

/// 67 % of all partitions, rounded up, and two at least: a threshold for Byzantine faults as it is
/// often written. It is not two thirds: from n = 103 on it can ask for more than [Bft2f1].
public record Bft067() implements Quorum {
    @Override
    public int needed(int total) {
        return Math.toIntExact(Math.max(2, Math.ceilDiv(total * 67L, 100L)));
    }
}
