package io.faultline.model.quorum;

/// One more than may fail when a minority may: `t + 1` of `n = 2t + 1`, as committees count their
/// votes. Of two members, one is enough.
public record TolerancePlusOne() implements Quorum {
    @Override
    public int needed(int total) {
        return (total - 1) / 2 + 1;
    }
}
