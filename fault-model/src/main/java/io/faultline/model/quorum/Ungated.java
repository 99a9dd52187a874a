package io.faultline.model.quorum;

/// None: recoveries are admitted whatever has failed, as in a system that forgot to ask.
public record Ungated() implements Quorum {
    @Override
    public int needed(int total) {
        return 0;
    }
}
