package io.faultline.model.quorum;

/// All but those that may be Byzantine: `n - f` of `n = 3f + 1` (Lamport, Shostak and Pease, "The
/// Byzantine generals problem", ACM TOPLAS 4(3), 1982).
public record Bft2f1() implements Quorum {
    @Override
    public int needed(int total) {
        return total - (total - 1) / 3;
    }
}
