package io.faultline.model.monitor;

import io.faultline.model.Probability;
import io.faultline.model.Setting;

import java.time.Duration;

/// Beyond what a monitor raises alerts. All comparisons are strict; that the quorum is lost is an
/// alert in any case.
public record AlertLimits(
        @Setting(value = "so many failed partitions are fine", byDefault = "0") int failed,
        @Setting(value = "so many suspected partitions are fine", byDefault = "2") int suspected,
        @Setting(
                        value =
                                "the longest time that may pass from the first sign of a failure"
                                        + " until it is found",
                        byDefault = "500ms")
                Duration detection,
        @Setting(value = "the longest time that a partition may be failed", byDefault = "5s")
                Duration recovery,
        @Setting(
                        value = "the least share of finished attempts that should succeed",
                        byDefault = "90%")
                Probability success,
        @Setting(value = "so many recoveries that are put off are fine", byDefault = "5")
                int queued,
        @Setting(value = "the least share of partitions that should be healthy", byDefault = "50%")
                Probability healthy,
        @Setting(value = "so many failed attempts are fine", byDefault = "5") int failedAttempts,
        @Setting(
                        value = "the longest time that operations in flight may be waited for",
                        byDefault = "5s")
                Duration draining,
        @Setting(
                        value =
                                "the least share of the polls remembered at which all should have"
                                        + " been well",
                        byDefault = "0%")
                Probability healthyPolls) {

    public AlertLimits {
        if (failed < 0 || suspected < 0 || queued < 0 || failedAttempts < 0) {
            throw new IllegalArgumentException("limits must not be negative");
        }
        if (detection.isNegative() || recovery.isNegative() || draining.isNegative()) {
            throw new IllegalArgumentException("limits must not be negative");
        }
    }

    /// The limit of a rule: a number, nanoseconds, or a share of 1.
    double of(AlertRule rule) {
        return switch (rule) {
            case FAILED -> failed;
            case SUSPECTED -> suspected;
            case DETECTION_LATENCY -> detection.toNanos();
            case RECOVERY_LATENCY -> recovery.toNanos();
            case SUCCESS_RATE -> success.value();
            case QUEUE_DEPTH -> queued;
            case HEALTH_RATIO -> healthy.value();
            case FAILED_ATTEMPTS -> failedAttempts;
            case DRAINING -> draining.toNanos();
            case QUORUM_LOST -> 0;
            case HEALTHY_POLLS -> healthyPolls.value();
        };
    }
}
