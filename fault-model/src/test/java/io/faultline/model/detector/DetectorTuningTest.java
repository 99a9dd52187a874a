package io.faultline.model.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.faultline.kernel.random.LogNormal;
import io.faultline.model.Probability;
import io.faultline.model.Settings;
import io.faultline.model.TestRun;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.fault.Crash;
import io.faultline.model.fault.Selector;
import io.faultline.model.observation.Observed.StatusChanged;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;

/// What the time after which silence is suspicious costs: mistakes on a lossy network if it is
/// short, and delay after a crash if it is long. Heartbeats come every 500 ms, checks every 100 ms,
/// and messages take a millisecond, sometimes much longer.
class DetectorTuningTest {

    private static final int PARTITIONS = 10;
    private static final int MILLIS = 600_000;
    private static final int HEARTBEATS = PARTITIONS * MILLIS / 500;

    private static Settings suspectingAfter(long suspect, double loss) {
        return Settings.of(PARTITIONS)
                .with(Settings.network(new LogNormal(1e6, 12e6), new Probability(loss)))
                .with(
                        new HeartbeatTimeout(
                                Duration.ofMillis(500),
                                Duration.ofMillis(suspect),
                                Duration.ofSeconds(60),
                                Duration.ofMillis(100)));
    }

    /// With so many losses in a row the silence is longer than `suspect`. A series of at least that
    /// many begins after a heartbeat that arrived, so there are n · (1 − p) · pᵏ of them.
    @ParameterizedTest
    @CsvSource({
        "600, 1, 0", "600, 1, 0.01", "600, 1, 0.05", "600, 1, 0.1",
        "1000, 2, 0", "1000, 2, 0.01", "1000, 2, 0.05", "1000, 2, 0.1",
        "2000, 4, 0", "2000, 4, 0.01", "2000, 4, 0.05", "2000, 4, 0.1",
        "3000, 6, 0", "3000, 6, 0.01", "3000, 6, 0.05", "3000, 6, 0.1",
    })
    void mistakesAreAsFrequentAsSeriesOfLosses(long suspect, int losses, double loss) {
        var run = new TestRun(suspectingAfter(suspect, loss), 20).until(MILLIS);
        long mistakes =
                run.trace()
                        .all(StatusChanged.class)
                        .filter(changed -> changed.to() == PartitionStatus.SUSPECTED)
                        .count();
        double expected = HEARTBEATS * (1 - loss) * Math.pow(loss, losses);
        double chance = loss == 0 ? 0 : 4 * Math.sqrt(expected) + 1;
        assertThat((double) mistakes).isCloseTo(expected, within(chance));
    }

    /// The last heartbeat leaves at a multiple of 500 ms before the crash and arrives within 100
    /// ms; the first check at which its silence is longer than `suspect` comes `suspect` + 100 ms
    /// after it left.
    @ParameterizedTest
    @CsvSource({"600", "1000", "2000", "3000"})
    void aCrashIsSuspectedTheLaterTheLongerSilenceMayBe(long suspect) {
        for (int late = 50; late < 500; late += 100) {
            var crash = new Crash(TestRun.partitions(1), Selector.NOBODY);
            var run = new TestRun(suspectingAfter(suspect, 0)).at(5000 + late, crash).until(10_000);
            assertThat(run.brief(StatusChanged.class))
                    .containsExactly(
                            5000
                                    + suspect
                                    + 100
                                    + " StatusChanged P1 HEALTHY SUSPECTED HEARTBEAT_MISS");
        }
    }
}
