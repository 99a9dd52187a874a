package io.faultline.model.recovery;

import io.faultline.model.Setting;

import java.util.List;

/// The partition meets the others at a barrier and goes on where it was; no entity moves.
public record BarrierSync(
        @Setting(value = "the meeting at the barrier", byDefault = "{}") Step sync)
        implements Strategy {

    @Override
    public List<Level> levels(RecoverySettings settings) {
        return List.of(sync.validating());
    }
}
