package io.faultline.model.recovery;

import io.faultline.kernel.random.RandomStream;

import java.time.Duration;

/// How chance varies the waits between attempts, so that recoveries that failed together do not
/// come back together.
public sealed interface Jitter permits None, Full, Slots {

    /// The wait in place of one of `base`.
    Duration vary(Duration base, RandomStream random);

    /// The longest that it can become.
    Duration longest(Duration base);
}
