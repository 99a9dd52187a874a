package io.faultline.model.recovery;

import io.faultline.kernel.random.RandomStream;

import java.time.Duration;

/// Waits are as long as they are.
public record None() implements Jitter {

    @Override
    public Duration vary(Duration base, RandomStream random) {
        return base;
    }

    @Override
    public Duration longest(Duration base) {
        return base;
    }
}
