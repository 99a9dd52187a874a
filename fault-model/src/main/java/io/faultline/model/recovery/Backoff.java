package io.faultline.model.recovery;

import io.faultline.model.Setting;

import java.time.Duration;

/// How long to wait after a failed attempt: `base`, then each time `factor` times as long, up to
/// `cap`.
public record Backoff(
        @Setting(value = "the wait after the first failed attempt", byDefault = "100ms")
                Duration base,
        @Setting(value = "how much longer each wait is than the one before", byDefault = "2")
                double factor,
        @Setting(value = "the longest wait", byDefault = "1h") Duration cap,
        @Setting(value = "how chance varies them", byDefault = "none") Jitter jitter) {

    public Backoff {
        if (base.isNegative() || cap.isNegative()) {
            throw new IllegalArgumentException("base and cap must not be negative");
        }
        if (!(factor >= 1)) {
            throw new IllegalArgumentException("factor must be at least 1, but was " + factor);
        }
    }

    /// Whether each wait is longer than the one before, as long as it is less than `cap`.
    public boolean grows() {
        return factor > 1 && base.isPositive();
    }

    /// The wait after a failed attempt, before chance varies it.
    ///
    /// @param attempt the attempt that failed, from 1
    public Duration after(int attempt) {
        double nanos = base.toNanos();
        for (int i = 1; grows() && i < attempt && nanos < cap.toNanos(); i++) {
            nanos *= factor;
        }
        return Duration.ofNanos(Math.min(Math.round(nanos), cap.toNanos()));
    }
}
