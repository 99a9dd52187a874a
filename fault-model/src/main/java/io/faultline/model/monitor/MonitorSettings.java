package io.faultline.model.monitor;

import io.faultline.model.Probability;
import io.faultline.model.Setting;

import java.time.Duration;

/// How the health of the system is watched.
public record MonitorSettings(
        @Setting(value = "the period at which a sample is taken", byDefault = "1s") Duration poll,
        @Setting(value = "how many samples are remembered", byDefault = "100") int history,
        @Setting(value = "beyond what alerts are raised", byDefault = "{}") AlertLimits limits,
        @Setting(
                        value = "at how many polls in a row a limit is exceeded before its alert",
                        byDefault = "1")
                int raiseAfter,
        @Setting(
                        value = "at how many polls in a row it must be clear before the alert ends",
                        byDefault = "1")
                int clearAfter,
        @Setting(
                        value =
                                "how far within its limit is clear, as a share of the way from the"
                                        + " limit to the best value",
                        byDefault = "0%")
                Probability slack) {

    public MonitorSettings {
        if (!poll.isPositive()) {
            throw new IllegalArgumentException("poll must be longer than 0");
        }
        atLeastOne("history", history);
        atLeastOne("raiseAfter", raiseAfter);
        atLeastOne("clearAfter", clearAfter);
    }

    private static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, but was " + value);
        }
    }
}
