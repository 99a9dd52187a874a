package io.faultline.model.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.faultline.model.Changed;
import io.faultline.model.Settings;
import io.faultline.model.recovery.Vitals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/// What monitors measure, and what they make of it.
class AlertRuleTest {

    private static final Vitals WELL = new Vitals(true, 0, 0, 0, Duration.ZERO);
    private static final Sample ALL_WELL = new Sample(5, 0, 0, WELL, Duration.ZERO, Duration.ZERO);

    private static List<AlertRule> exceeded(Sample... samples) {
        var history = new History(100);
        Arrays.stream(samples).forEach(history::add);
        return Arrays.stream(AlertRule.values())
                .filter(rule -> rule.isExceeded(rule.value(history), Settings.limits().of(rule)))
                .toList();
    }

    private static Sample partitions(int healthy, int suspected, int failed) {
        return Changed.in(ALL_WELL, "healthy", healthy, "suspected", suspected, "failed", failed);
    }

    private static Sample vitals(Object... changes) {
        return Changed.in(ALL_WELL, "vitals", Changed.in(WELL, changes));
    }

    @Test
    void whatIsAtItsLimitIsFine() {
        assertThat(exceeded(ALL_WELL)).isEmpty();
        assertThat(exceeded(partitions(3, 2, 0))).isEmpty();
        assertThat(exceeded(partitions(2, 2, 0))).isEmpty();
        assertThat(exceeded(vitals("attempts", 10, "successes", 9))).isEmpty();
        assertThat(exceeded(vitals("queued", 5))).isEmpty();
        assertThat(exceeded(vitals("draining", Duration.ofSeconds(5)))).isEmpty();
        assertThat(exceeded(Changed.in(ALL_WELL, "detection", Duration.ofMillis(500)))).isEmpty();
        assertThat(exceeded(Changed.in(ALL_WELL, "recovery", Duration.ofSeconds(5)))).isEmpty();
    }

    @Test
    void eachRuleLooksAtItsOwnGauge() {
        assertThat(exceeded(partitions(4, 0, 1))).containsExactly(AlertRule.FAILED);
        assertThat(exceeded(partitions(3, 3, 0))).containsExactly(AlertRule.SUSPECTED);
        assertThat(exceeded(Changed.in(ALL_WELL, "detection", Duration.ofMillis(501))))
                .containsExactly(AlertRule.DETECTION_LATENCY);
        assertThat(exceeded(Changed.in(ALL_WELL, "recovery", Duration.ofMillis(5001))))
                .containsExactly(AlertRule.RECOVERY_LATENCY);
        assertThat(exceeded(vitals("attempts", 10, "successes", 8)))
                .containsExactly(AlertRule.SUCCESS_RATE);
        assertThat(exceeded(vitals("queued", 6))).containsExactly(AlertRule.QUEUE_DEPTH);
        assertThat(exceeded(partitions(1, 2, 0))).containsExactly(AlertRule.HEALTH_RATIO);
        assertThat(exceeded(vitals("attempts", 100, "successes", 94)))
                .containsExactly(AlertRule.FAILED_ATTEMPTS);
        assertThat(exceeded(vitals("draining", Duration.ofMillis(5001))))
                .containsExactly(AlertRule.DRAINING);
        assertThat(exceeded(vitals("quorum", false))).containsExactly(AlertRule.QUORUM_LOST);
    }

    @Test
    void healthyPollsLookBackAsFarAsTheHistoryGoes() {
        var history = new History(4);
        for (var sample : List.of(ALL_WELL, ALL_WELL, ALL_WELL, partitions(4, 1, 0), ALL_WELL)) {
            history.add(sample);
        }
        assertThat(AlertRule.HEALTHY_POLLS.value(history)).isEqualTo(0.75);
        assertThat(history.samples()).hasSize(4);
        assertThat(AlertRule.HEALTHY_POLLS.isExceeded(0.75, 0.75)).isFalse();
        assertThat(AlertRule.HEALTHY_POLLS.isExceeded(0.75, 0.8)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "SUSPECTED, 2, 2, 0, true",
        "SUSPECTED, 2, 2, 0.5, false",
        "SUSPECTED, 1, 2, 0.5, true",
        "FAILED, 0, 0, 1, true",
        "HEALTH_RATIO, 0.5, 0.5, 0, true",
        "HEALTH_RATIO, 0.59, 0.5, 0.2, false",
        "HEALTH_RATIO, 0.6, 0.5, 0.2, true",
        "SUCCESS_RATE, 0.89, 0.8, 0.5, false",
        "SUCCESS_RATE, 0.91, 0.8, 0.5, true",
    })
    void slackIsAShareOfTheWayFromTheLimitToTheBestValue(
            AlertRule rule, double value, double limit, double slack, boolean clear) {
        assertThat(rule.isClear(value, limit, slack)).isEqualTo(clear);
    }

    @ParameterizedTest
    @CsvSource({
        "FAILED, 1, 0, 1 > 0",
        "DETECTION_LATENCY, 1e9, 5e8, 1.000s > 0.500s",
        "SUCCESS_RATE, 0.6666666, 0.9, 66.7% < 90.0%",
    })
    void readingsAreForPeople(AlertRule rule, double value, double limit, String reading) {
        assertThat(rule.reading(value, limit)).isEqualTo(reading);
    }

    @ParameterizedTest
    @CsvSource({
        "true, 0, 0, HEALTHY",
        "true, 1, 0, DEGRADED",
        "true, 1, 1, CRITICAL",
        "false, 0, 1, QUORUM_LOST",
    })
    void theWorstLevelThatAppliesIsTheLevel(
            boolean quorum, int suspected, int failed, HealthLevel level) {
        assertThat(HealthLevel.of(quorum, suspected, failed)).isEqualTo(level);
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Changed.in(Settings.monitor(), "poll", Duration.ZERO))
                .withMessage("poll must be longer than 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Changed.in(Settings.monitor(), "history", 0))
                .withMessage("history must be at least 1, but was 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Changed.in(Settings.limits(), "queued", -1))
                .withMessage("limits must not be negative");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Changed.in(Settings.limits(), "draining", Duration.ofMillis(-1)))
                .withMessage("limits must not be negative");
    }
}
