package io.faultline.model.detector;

import io.faultline.model.Setting;

import java.time.Duration;

/// When reports against a partition make it suspected, and when suspicion makes it failed.
public record SuspicionSettings(
        @Setting(value = "how reports turn into a failure", byDefault = "confirming")
                SuspicionPolicy policy,
        @Setting(
                        value =
                                "how many reports of one kind in a row raise suspicion"
                                        + " (confirming)",
                        byDefault = "2")
                int strikes,
        @Setting(value = "how long suspicion must stand (confirming)", byDefault = "5s")
                Duration confirm,
        @Setting(
                        value =
                                "the period at which standing suspicion is looked at; with 0 it"
                                        + " turns into a failure at the exact time",
                        byDefault = "0ms")
                Duration poll,
        @Setting(
                        value = "what makes a failed partition healthy again, besides an operator",
                        byDefault = "by-recovery")
                Healing healing) {

    public SuspicionSettings {
        if (strikes < 1) {
            throw new IllegalArgumentException("strikes must be at least 1, but was " + strikes);
        }
        if (confirm.isNegative() || poll.isNegative()) {
            throw new IllegalArgumentException("confirm and poll must not be negative");
        }
    }
}
