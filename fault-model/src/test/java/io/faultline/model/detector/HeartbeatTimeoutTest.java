package io.faultline.model.detector;

import static io.faultline.model.detector.Finding.ALIVE;
import static io.faultline.model.detector.Finding.CONFIRM;
import static io.faultline.model.detector.Finding.SUSPECT;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.faultline.kernel.random.RandomStreams;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;

/// What silence says, and when it is looked at.
class HeartbeatTimeoutTest {

    private static final long MS = 1_000_000;

    private static final HeartbeatTimeout DEFAULTS = timeout(500, 2000, 5000, 100);

    private static HeartbeatTimeout timeout(int heartbeat, int suspect, int failure, int check) {
        return new HeartbeatTimeout(
                Duration.ofMillis(heartbeat),
                Duration.ofMillis(suspect),
                Duration.ofMillis(failure),
                Duration.ofMillis(check));
    }

    @Test
    void silenceOfExactlyTheLimitIsNotBeyondIt() {
        assertThat(DEFAULTS.judge(0)).isEqualTo(ALIVE);
        assertThat(DEFAULTS.judge(2000 * MS)).isEqualTo(ALIVE);
        assertThat(DEFAULTS.judge(2000 * MS + 1)).isEqualTo(SUSPECT);
        assertThat(DEFAULTS.judge(5000 * MS)).isEqualTo(SUSPECT);
        assertThat(DEFAULTS.judge(5000 * MS + 1)).isEqualTo(CONFIRM);
    }

    @ParameterizedTest
    @CsvSource({"0, 100", "1, 100", "99, 100", "100, 200", "101, 200"})
    void theCheckAfterAnInstantIsTheNextMultipleOfThePeriod(long instant, long check) {
        assertThat(DEFAULTS.checkAfter(instant * MS)).isEqualTo(check * MS);
    }

    @ParameterizedTest
    @CsvSource({"1, 100", "99, 100", "100, 100", "101, 200"})
    void theCheckFromAnInstantMayBeThatInstant(long instant, long check) {
        assertThat(DEFAULTS.checkFrom(instant * MS)).isEqualTo(check * MS);
    }

    @Test
    void theVeryFirstInstantIsACheck() {
        assertThat(DEFAULTS.checkFrom(0)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1000, 3100, 6100", "1040, 3100, 6100", "999, 3000, 6000", "0, 2100, 5100"})
    void aVerdictFallsAtTheFirstCheckBeyondTheLimit(long heard, long suspect, long failure) {
        assertThat(DEFAULTS.suspectCheck(heard * MS)).isEqualTo(suspect * MS);
        assertThat(DEFAULTS.failureCheck(heard * MS)).isEqualTo(failure * MS);
    }

    /// The monitor looks at no check but these, so nothing may change at one in between.
    @Test
    void noEarlierCheckWouldSayOtherwise() {
        var random = new RandomStreams(7).stream("instants");
        for (int i = 0; i < 1000; i++) {
            int check = 1 + random.nextInt(700);
            var detector = timeout(1, 2 + random.nextInt(900), 1000, check);
            long heard = random.nextInt(1_000_000_000);
            long suspect = detector.suspectCheck(heard);
            long failure = detector.failureCheck(heard);
            assertThat(suspect % (check * MS)).isZero();
            assertThat(detector.judge(suspect - heard)).isNotEqualTo(ALIVE);
            assertThat(detector.judge(suspect - check * MS - heard)).isEqualTo(ALIVE);
            assertThat(detector.judge(failure - heard)).isEqualTo(CONFIRM);
            assertThat(detector.judge(failure - check * MS - heard)).isNotEqualTo(CONFIRM);
        }
    }

    @Test
    void limitsOutOfOrderAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> timeout(500, 500, 5000, 100))
                .withMessage(
                        "heartbeat < suspect < failure must hold, but they are 0.500s, 0.500s"
                                + " and 5.000s");
        assertThatIllegalArgumentException().isThrownBy(() -> timeout(500, 2000, 2000, 100));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> timeout(500, 2000, 5000, 0))
                .withMessage("heartbeat and check must be longer than 0");
    }
}
