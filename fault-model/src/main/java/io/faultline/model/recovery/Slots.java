package io.faultline.model.recovery;

import io.faultline.kernel.random.RandomStream;
import io.faultline.model.Setting;

import java.time.Duration;

/// As many times the wait as one of the numbers 1 to `slots`, each as likely as the others (slotted
/// backoff, as in ALOHA and Ethernet).
public record Slots(@Setting("how many slots there are") int slots) implements Jitter {

    public Slots {
        if (slots < 1) {
            throw new IllegalArgumentException("slots must be at least 1, but was " + slots);
        }
    }

    @Override
    public Duration vary(Duration base, RandomStream random) {
        return base.multipliedBy(1 + random.nextInt(slots));
    }

    @Override
    public Duration longest(Duration base) {
        return base.multipliedBy(slots);
    }
}
