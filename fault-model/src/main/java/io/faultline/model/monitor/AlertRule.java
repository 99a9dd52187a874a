package io.faultline.model.monitor;

import io.faultline.kernel.SimTime;

import java.util.function.ToDoubleFunction;

/// What a monitor looks at, and on which side of its limit it should be.
public enum AlertRule {
    /// So many partitions have failed.
    FAILED(Unit.COUNT, true, history -> history.newest().failed()),
    /// So many partitions are suspected.
    SUSPECTED(Unit.COUNT, true, history -> history.newest().suspected()),
    /// So long did it take at most to find a failure, from its first sign.
    DETECTION_LATENCY(Unit.TIME, true, history -> history.newest().detection().toNanos()),
    /// So long was a partition failed at most.
    RECOVERY_LATENCY(Unit.TIME, true, history -> history.newest().recovery().toNanos()),
    /// So many of the finished attempts succeeded.
    SUCCESS_RATE(Unit.SHARE, false, history -> history.newest().successRate()),
    /// So many recoveries are put off.
    QUEUE_DEPTH(Unit.COUNT, true, history -> history.newest().vitals().queued()),
    /// So many of the partitions are healthy.
    HEALTH_RATIO(Unit.SHARE, false, history -> history.newest().healthRatio()),
    /// So many attempts have failed.
    FAILED_ATTEMPTS(Unit.COUNT, true, history -> history.newest().failedAttempts()),
    /// So long have operations in flight been waited for, and still are.
    DRAINING(Unit.TIME, true, history -> history.newest().vitals().draining().toNanos()),
    /// There is no quorum.
    QUORUM_LOST(Unit.COUNT, true, history -> history.newest().vitals().quorum() ? 0 : 1),
    /// At so many of the polls that are remembered, everything was well.
    HEALTHY_POLLS(Unit.SHARE, false, history -> history.share(HealthLevel.HEALTHY));

    private final Unit unit;
    private final boolean above;
    private final ToDoubleFunction<History> gauge;

    private enum Unit {
        COUNT,
        TIME,
        SHARE
    }

    /// @param above whether too much is bad, not too little
    AlertRule(Unit unit, boolean above, ToDoubleFunction<History> gauge) {
        this.unit = unit;
        this.above = above;
        this.gauge = gauge;
    }

    /// The value that is compared with the limit: a number, nanoseconds, or a share of 1.
    double value(History history) {
        return gauge.applyAsDouble(history);
    }

    /// Whether a value is on the wrong side of its limit; at the limit it is not.
    boolean isExceeded(double value, double limit) {
        return above ? value > limit : value < limit;
    }

    /// Whether a value is far enough on the right side for an alert to end.
    ///
    /// @param slack the share of the way from the limit to the best value, which is 0 for what
    ///   should be small and 1 for a share that should be large
    boolean isClear(double value, double limit, double slack) {
        return above ? value <= limit * (1 - slack) : value >= limit + (1 - limit) * slack;
    }

    /// As in `1 > 0`.
    String reading(double value, double limit) {
        return written(value) + (above ? " > " : " < ") + written(limit);
    }

    private String written(double value) {
        return switch (unit) {
            case COUNT -> String.valueOf((long) value);
            case TIME -> SimTime.format((long) value);
            case SHARE -> Math.round(value * 1000) / 10.0 + "%";
        };
    }
}
