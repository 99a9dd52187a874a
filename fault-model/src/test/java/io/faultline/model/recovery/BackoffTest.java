package io.faultline.model.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;

/// How long to wait after a failed attempt.
class BackoffTest {

    private static Backoff backoff(long base, double factor, long cap) {
        return new Backoff(Duration.ofMillis(base), factor, Duration.ofMillis(cap), new None());
    }

    @ParameterizedTest
    @CsvSource({"1, 100", "2, 200", "3, 400", "4, 800", "5, 1000", "6, 1000", "1000000000, 1000"})
    void eachWaitIsTwiceTheOneBeforeUpToTheCap(int attempt, long millis) {
        assertThat(backoff(100, 2, 1000).after(attempt)).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void aCapBelowTheBaseIsTheWait() {
        assertThat(backoff(100, 2, 30).after(1)).isEqualTo(Duration.ofMillis(30));
    }

    @Test
    void aFactorOfOneWaitsEquallyLongEachTime() {
        assertThat(backoff(100, 1, 1000).after(7)).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void withoutABaseThereIsNoWait() {
        assertThat(backoff(0, 2, 1000).after(3)).isEqualTo(Duration.ZERO);
    }

    @Test
    void fractionsAreRoundedToNanoseconds() {
        assertThat(new Backoff(Duration.ofNanos(3), 1.5, Duration.ofHours(1), new None()).after(2))
                .isEqualTo(Duration.ofNanos(5));
    }

    @Test
    void impossibleSettingsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> backoff(100, 0.5, 1000))
                .withMessage("factor must be at least 1, but was 0.5");
        assertThatIllegalArgumentException().isThrownBy(() -> backoff(100, Double.NaN, 1000));
        assertThatIllegalArgumentException().isThrownBy(() -> backoff(-1, 2, 1000));
    }
}
