package io.faultline.model.barrier;

import io.faultline.kernel.random.Distribution;
import io.faultline.model.Setting;

import java.time.Duration;
import java.util.Optional;

/// The barrier at which the partitions meet, round after round.
public record BarrierSettings(
        @Setting(
                        value = "how long after a round has opened everybody must have come",
                        byDefault = "5s")
                Duration timeout,
        @Setting(
                        value = "what opens a round: its first arrival, or the release before",
                        byDefault = "first-arrival")
                Opening opens,
        @Setting(
                        "how long a partition works between its release and its next arrival; if"
                                + " left out, partitions arrive only when the script says so")
                Optional<Distribution> work,
        @Setting(value = "how long after a round the next one may open", byDefault = "0ms")
                Duration gap) {

    public BarrierSettings {
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("timeout must be longer than 0");
        }
        if (gap.isNegative()) {
            throw new IllegalArgumentException("gap must not be negative");
        }
        if (work.isPresent() && work.get().max() <= 0 && gap.isZero()) {
            throw new IllegalArgumentException(
                    "with no work and no gap the rounds would repeat for ever at one instant; give"
                            + " work or gap a positive time");
        }
    }
}
