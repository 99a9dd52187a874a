package io.faultline.kernel.process;

import io.faultline.kernel.SimTime;

/// The average over time of something that changes by steps: a queue length, the number of busy
/// servers.
///
/// Each value counts for as long as it lasted. Times are nanoseconds of virtual time and never go
/// back.
public final class TimeAverage {

    private long start;
    private long changed;
    private double value;
    private double area;
    private double max;

    /// @param now since when
    /// @param value what it is from then on
    public TimeAverage(long now, double value) {
        this.start = now;
        this.changed = now;
        this.value = value;
        this.max = value;
    }

    /// The value changes.
    ///
    /// @throws IllegalArgumentException if `now` lies before the last change
    public void set(long now, double value) {
        area = area(now);
        changed = now;
        this.value = value;
        max = Math.max(max, value);
    }

    /// What it is since the last change.
    public double value() {
        return value;
    }

    /// The average until now; the present value if no time has passed.
    public double mean(long now) {
        return now == start ? value : area(now) / (now - start);
    }

    /// The greatest value, be it for an instant.
    public double max() {
        return max;
    }

    /// Forgets what was: the average begins now, with the present value.
    public void restart(long now) {
        set(now, value);
        start = now;
        area = 0;
        max = value;
    }

    private double area(long now) {
        if (now < changed) {
            throw new IllegalArgumentException(
                    "time went back from %s to %s"
                            .formatted(SimTime.format(changed), SimTime.format(now)));
        }
        return area + value * (now - changed);
    }
}
