package io.faultline.model.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.faultline.model.Settings;
import io.faultline.model.TestRun;
import io.faultline.model.detector.Healing;
import io.faultline.model.detector.SuspicionPolicy;
import io.faultline.model.observation.Observed.StatusChanged;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.List;

/// Somebody hears from a partition.
class SignOfLifeTest {

    private static final SignOfLife HEARD = new SignOfLife(TestRun.partitions(1));

    private static Settings confirming() {
        return Settings.of(3)
                .with(Settings.suspicion(SuspicionPolicy.CONFIRMING, Duration.ofMillis(500)));
    }

    @Test
    void reportsBeforeItCountNoMore() {
        var run =
                new TestRun(confirming())
                        .report(0, 1)
                        .at(200, HEARD)
                        .report(400, 1)
                        .report(600, 1)
                        .until(1000);
        assertThat(run.brief(StatusChanged.class))
                .containsExactly("600 StatusChanged P1 HEALTHY SUSPECTED BARRIER_TIMEOUT");
    }

    @Test
    void itEndsSuspicionAtTheVeryEndOfTheConfirmationTime() {
        var run = new TestRun(confirming()).twoReports(0, 1).at(500, HEARD).until(10_000);
        assertThat(run.brief(StatusChanged.class))
                .containsExactly(
                        "0 StatusChanged P1 HEALTHY SUSPECTED BARRIER_TIMEOUT",
                        "500 StatusChanged P1 SUSPECTED HEALTHY FALSE_ALARM");
    }

    @ParameterizedTest
    @EnumSource(Healing.class)
    void itHealsAFailedPartitionOnlyWhereHearingFromItIsEnough(Healing healing) {
        var run =
                new TestRun(confirming().suspicion("healing", healing))
                        .twoReports(0, 1)
                        .at(600, HEARD)
                        .until(700);
        assertThat(run.brief(StatusChanged.class).size())
                .isEqualTo(healing == Healing.BY_HEARTBEAT ? 3 : 2);
    }

    @Test
    void itConcernsThoseItNames() {
        var run =
                new TestRun(confirming())
                        .twoReports(0, 0, 1)
                        .at(100, new SignOfLife(TestRun.partitions(1)))
                        .until(200);
        assertThat(run.brief(StatusChanged.class))
                .endsWith("100 StatusChanged P1 SUSPECTED HEALTHY FALSE_ALARM")
                .hasSize(3);
        assertThatIllegalArgumentException().isThrownBy(() -> new SignOfLife(List.of()));
    }
}
