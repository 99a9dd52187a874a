package io.faultline.model.recovery;

import io.faultline.kernel.random.RandomStream;

import java.time.Duration;

/// Any length up to that of the wait is as likely as any other ("full jitter": M. Brooker,
/// *Exponential backoff and jitter*, AWS Architecture Blog, 2015).
public record Full() implements Jitter {

    @Override
    public Duration vary(Duration base, RandomStream random) {
        return Duration.ofNanos((long) (random.nextUniform() * base.toNanos()));
    }

    @Override
    public Duration longest(Duration base) {
        return base;
    }
}
