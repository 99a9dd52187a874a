package io.faultline.model.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.faultline.model.Settings;
import io.faultline.model.TestRun;
import io.faultline.model.cluster.NodeClock;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.observation.Observed.FaultTookEffect;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Clocks that go too fast and too slow by turns.
class ClockOscillationTest {

    private static final NodeId N1 = new NodeId("n1");

    private static ClockOscillation wave(int ppm, long seconds) {
        return new ClockOscillation(Selector.of(N1), ppm, Duration.ofSeconds(seconds));
    }

    @Test
    void theRatesOfAPeriodAreThoseOfASineWave() {
        assertThat(IntStream.range(0, 16).map(step -> ClockOscillation.rate(1000, step)))
                .containsExactly(
                        195, 556, 831, 981, 981, 831, 556, 195, -195, -556, -831, -981, -981, -831,
                        -556, -195);
    }

    /// By how much a clock is ahead, in microseconds, at the end of every eighth of a period.
    @Test
    void aClockRunsAheadForHalfAPeriodAndIsRightAgainAtItsEnd() {
        var run = new TestRun(Settings.of(3).withHeartbeats()).at(0, wave(1000, 16));
        var ahead = new ArrayList<Long>();
        for (int second = 2; second <= 20; second += 2) {
            run.until(second * 1000);
            ahead.add(ahead(run, second));
        }
        assertThat(ahead)
                .containsExactly(751L, 2563L, 4375L, 5126L, 4375L, 2563L, 751L, 0L, 751L, 2563L);
    }

    /// A sixteenth of this period is 62.5 ns. With steps of 62 ns each, which are 992 ns together,
    /// it would not begin anew after a millisecond.
    @Test
    void aPeriodThatIsNoMultipleOfItsStepsIsNotCutShort() {
        var period = Duration.ofNanos(1000);
        var run =
                new TestRun(Settings.of(3).withHeartbeats())
                        .at(0, new ClockOscillation(Selector.of(N1), 1000, period))
                        .until(1);
        assertThat(run.world().node(N1).clock().toString()).contains(", 195 ppm");
    }

    private static long ahead(TestRun run, int second) {
        long[] shown = new long[1];
        NodeClock clock = run.world().node(N1).clock();
        run.simulation().within(() -> shown[0] = clock.read());
        return Math.round((shown[0] - second * 1e9) / 1000);
    }

    @Test
    void itTakesEffectWithTheFirstTimerAndAtItsEndTheClockIsRightButNobodySetsIt() {
        var run =
                new TestRun(Settings.of(3).withHeartbeats())
                        .during(1000, 5000, wave(1000, 16))
                        .until(20_000);
        assertThat(run.brief(FaultTookEffect.class)).containsExactly("1000 FaultTookEffect 0");
        assertThat(run.world().node(N1).clock().toString()).contains(", 0 ppm");
        assertThat(ahead(run, 20)).isEqualTo(2563);
    }

    @Test
    void ratesAddUpWithThoseOfADrift() {
        var run =
                new TestRun(Settings.of(3).withHeartbeats())
                        .at(0, new ClockDrift(Selector.of(N1), 100))
                        .during(0, 3000, wave(1000, 16))
                        .until(500);
        assertThat(run.world().node(N1).clock().toString()).contains(", 295 ppm");
        run.until(4000);
        assertThat(run.world().node(N1).clock().toString()).contains(", 100 ppm");
    }

    @Test
    void anOscillationHasNodesAnAmplitudeAndAPeriod() {
        assertThatIllegalArgumentException().isThrownBy(() -> wave(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> wave(100_001, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> wave(1, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new ClockOscillation(Selector.of(List.of()), 1, Duration.ofSeconds(1)))
                .withMessage("clock-oscillation needs nodes");
    }
}
