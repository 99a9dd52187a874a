package io.faultline.model.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Random;

/// The arithmetic of clocks, in whole nanoseconds.
class ClockStateTest {

    private static final long SECOND = 1_000_000_000;
    private static final long CENTURY = 100L * 365 * 86_400 * SECOND;

    @ParameterizedTest
    @ValueSource(longs = {0, 1, SECOND, Long.MAX_VALUE})
    void aClockThatIsRightCountsAndShowsVirtualTime(long instant) {
        assertThat(ClockState.RIGHT.counted(instant)).isEqualTo(instant);
        assertThat(ClockState.RIGHT.shown(instant)).isEqualTo(instant);
        assertThat(ClockState.RIGHT.instantOf(instant)).isEqualTo(instant);
    }

    @Test
    void aStepChangesWhatIsShownAndNotWhatIsCounted() {
        var ahead = ClockState.RIGHT.stepped(3 * SECOND).stepped(-SECOND);
        assertThat(ahead.shown(5 * SECOND)).isEqualTo(7 * SECOND);
        assertThat(ahead.counted(5 * SECOND)).isEqualTo(5 * SECOND);
        assertThat(ahead.instantOf(5 * SECOND)).isEqualTo(5 * SECOND);
    }

    @ParameterizedTest
    @CsvSource({
        "1000, 1000000000, 1001000000",
        "-1000, 1000000000, 999000000",
        "1, 999999, 999999",
        "1, 1000000, 1000001",
        "-1, 1, 0",
        "-1, 1000000, 999999",
        "1000000, 7, 14"
    })
    void aClockThatDriftsCountsInWholeNanosecondsRoundedDown(int ppm, long instant, long counted) {
        assertThat(ClockState.RIGHT.drifting(0, ppm).counted(instant)).isEqualTo(counted);
    }

    /// Two seconds right, two seconds ten percent fast, then right again.
    @Test
    void whatWasCountedStays() {
        var clock =
                ClockState.RIGHT.drifting(2 * SECOND, 100_000).drifting(4 * SECOND, 0).stepped(1);
        assertThat(clock.counted(5 * SECOND)).isEqualTo(5_200_000_000L);
        assertThat(clock.shown(5 * SECOND)).isEqualTo(5_200_000_001L);
        assertThat(clock.instantOf(6 * SECOND)).isEqualTo(5_800_000_000L);
    }

    @Test
    void theInstantOfACountIsTheFirstAtWhichItIsReached() {
        var random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            int ppm = random.nextInt(-999_999, 1_000_001);
            var clock = new ClockState(random.nextLong(SECOND), random.nextLong(SECOND), 0, ppm);
            long count = clock.counted() + 1 + random.nextLong(1L << random.nextInt(1, 40));
            long instant = clock.instantOf(count);
            assertThat(clock.counted(instant)).isGreaterThanOrEqualTo(count);
            assertThat(clock.counted(instant - 1)).isLessThan(count);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-100_000, -1, 0, 1, 100_000})
    void centuriesDoNotOverflow(int ppm) {
        var clock = ClockState.RIGHT.drifting(0, ppm);
        assertThat(clock.counted(CENTURY)).isEqualTo(CENTURY + CENTURY / 1_000_000 * ppm);
        assertThat(clock.instantOf(clock.counted(CENTURY))).isBetween(CENTURY - 1, CENTURY);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1_000_000, 1_000_001})
    void aClockThatStandsStillIsRefused(int ppm) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClockState.RIGHT.drifting(0, ppm))
                .withMessageContaining(ppm + " ppm");
    }

    @Test
    void aClockSaysHowItGoes() {
        assertThat(ClockState.RIGHT.stepped(-1_500_000_000).drifting(0, 40))
                .hasToString("set by -1.500s, 40 ppm fast");
    }
}
