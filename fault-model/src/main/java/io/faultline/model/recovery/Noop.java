package io.faultline.model.recovery;

import io.faultline.kernel.random.Distribution;
import io.faultline.model.Probability;
import io.faultline.model.Setting;

import java.util.List;

/// Nothing is done but to wait, which succeeds.
public record Noop(@Setting(value = "how long it takes", byDefault = "0ms") Distribution delay)
        implements Strategy {

    @Override
    public List<Level> levels(RecoverySettings settings) {
        return List.of(new Step(delay, Probability.NEVER).validating());
    }
}
