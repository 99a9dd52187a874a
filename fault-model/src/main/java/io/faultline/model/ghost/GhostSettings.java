package io.faultline.model.ghost;

import io.faultline.model.Setting;

import java.time.Duration;

/// The ghosts: what partitions know of entities at the border of their neighbours, and have to
/// synchronise with them.
public record GhostSettings(
        @Setting(value = "the period at which every partition synchronises", byDefault = "1s")
                Duration interval,
        @Setting(value = "how long it waits for the answer", byDefault = "500ms") Duration timeout,
        @Setting(
                        value =
                                "with how many others each partition synchronises: the next ones by"
                                        + " rank, round the ring",
                        byDefault = "2")
                int neighbours) {

    public GhostSettings {
        if (!timeout.isPositive() || timeout.compareTo(interval) > 0) {
            throw new IllegalArgumentException(
                    "timeout must be longer than 0 and at most the interval");
        }
        if (neighbours < 1) {
            throw new IllegalArgumentException(
                    "neighbours must be at least 1, but was " + neighbours);
        }
    }
}
