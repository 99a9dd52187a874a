package io.faultline.model;

import io.faultline.kernel.random.Distribution;

/// How much data passes in a second; written as `100MB/s` in scenario files.
///
/// @param perSecond more than nothing
public record Bandwidth(Bytes perSecond) {

    private static final double NANOS_PER_SECOND = 1e9;

    public Bandwidth {
        if (perSecond.count() < 1) {
            throw new IllegalArgumentException("a bandwidth must be more than 0");
        }
    }

    /// How long so many bytes take, in nanoseconds; see [Distribution#spanOf].
    public long nanosFor(double bytes) {
        return Distribution.spanOf(bytes * NANOS_PER_SECOND / perSecond.count());
    }
}
