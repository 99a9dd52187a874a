package io.faultline.model.recovery;

import io.faultline.kernel.random.Distribution;
import io.faultline.model.Setting;

/// How long the phases of an attempt take.
public record PhaseDurations(
        @Setting(value = "to make sure that the partition is gone", byDefault = "50ms")
                Distribution detecting,
        @Setting(value = "to move its entities to the survivors", byDefault = "100ms")
                Distribution redistributing,
        @Setting(value = "to level the load", byDefault = "75ms") Distribution rebalancing,
        @Setting(value = "to check that nothing was lost or duplicated", byDefault = "0ms")
                Distribution validating) {

    Distribution of(RecoveryPhase phase) {
        return switch (phase) {
            case DETECTING -> detecting;
            case REDISTRIBUTING -> redistributing;
            case REBALANCING -> rebalancing;
            case VALIDATING -> validating;
            case COMPLETE, FAILED -> throw new IllegalArgumentException(phase + " takes no time");
        };
    }
}
