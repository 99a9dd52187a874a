package io.faultline.model.recovery;

import io.faultline.model.Setting;

import java.util.List;

/// The cheap way first: a meeting at the barrier, then a transfer of state from a replica, then a
/// full rebuild, which is what [Phased] does.
public record Cascading(
        @Setting(value = "the meeting at the barrier", byDefault = "{}") Step sync,
        @Setting(value = "the transfer of state", byDefault = "{}") Step transfer)
        implements Strategy {

    @Override
    public List<Level> levels(RecoverySettings settings) {
        return List.of(sync.validating(), transfer.rebalancing(), Level.rebuild(settings));
    }
}
