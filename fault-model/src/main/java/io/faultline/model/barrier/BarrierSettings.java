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
                Duration gap,
        @Setting(value = "what becomes of a round when that time is over", byDefault = "break")
                OnDeadline onDeadline,
        @Setting(
                        value =
                                "the period at which an open round is looked at; with 0 it ends at"
                                        + " the exact time",
                        byDefault = "0ms")
                Duration poll) {

    public BarrierSettings {
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("timeout must be longer than 0");
        }
        if (gap.isNegative() || poll.isNegative()) {
            throw new IllegalArgumentException("gap and poll must not be negative");
        }
        if (work.isPresent() && work.get().max() <= 0 && gap.isZero() && poll.isZero()) {
            throw new IllegalArgumentException(
                    "with no work, no gap and no poll the rounds would repeat for ever at one"
                            + " instant; give one of them a positive time");
        }
    }

    /// When the time for a round is over: exactly then, or at the first look after it.
    long deadline(long openedAt) {
        long end = openedAt + timeout.toNanos();
        long period = poll.toNanos();
        return period == 0 ? end : (end / period + 1) * period;
    }

    /// When it is noticed that a round is complete: at once, or at the next look.
    ///
    /// @param lastLook when the round before ended; one look ends one round
    long noticed(long completeAt, long lastLook) {
        long period = poll.toNanos();
        if (period == 0) {
            return completeAt;
        }
        long look = Math.ceilDiv(completeAt, period) * period;
        return look == lastLook ? look + period : look;
    }
}
