package io.faultline.model.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.faultline.kernel.SimTime;
import io.faultline.model.Settings;
import io.faultline.model.TestRun;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.fault.Crash;
import io.faultline.model.fault.Selector;
import io.faultline.model.observation.Observed.AttemptFinished;
import io.faultline.model.observation.Observed.StatusChanged;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

/// Failures that do not happen, since somebody vouches for the partition.
class PreventionTest {

    private static SimTime at(long millis) {
        return SimTime.of(Duration.ofMillis(millis));
    }

    private static TestRun crashed(Prevention... prevented) {
        return new TestRun(Settings.of(3).withHeartbeats())
                .at(1200, new Crash(TestRun.partitions(1), Selector.NOBODY))
                .with(world -> world.coordinator().prevent(List.of(prevented)));
    }

    @Test
    void aFailureThatIsPreventedIsWithdrawnWhenItWouldHappen() {
        var run = crashed(new Prevention(new PartitionId(1), at(6000), at(9000))).until(9000);
        assertThat(run.brief(StatusChanged.class, AttemptFinished.class))
                .containsExactly(
                        "3100 StatusChanged P1 HEALTHY SUSPECTED HEARTBEAT_MISS",
                        "6100 StatusChanged P1 SUSPECTED HEALTHY OPERATOR",
                        "8200 StatusChanged P1 HEALTHY SUSPECTED HEARTBEAT_MISS");
    }

    @Test
    void afterThatTimeThePartitionMayFailAgain() {
        var run = crashed(new Prevention(new PartitionId(1), at(6000), at(6101))).until(12_000);
        assertThat(run.brief(StatusChanged.class))
                .contains("11200 StatusChanged P1 SUSPECTED FAILED HEARTBEAT_MISS");
    }

    @Test
    void nobodyElseIsConcernedAndNoOtherTime() {
        var whole = crashed().until(9000);
        var other = new Prevention(new PartitionId(2), at(0), at(9000));
        var late = new Prevention(new PartitionId(1), at(6101), at(9000));
        var early = new Prevention(new PartitionId(1), at(0), at(6100));
        assertThat(crashed(other, late, early).until(9000).simulation().fingerprint())
                .isEqualTo(whole.simulation().fingerprint());
    }

    @Test
    void aPreventionTakesTime() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Prevention(new PartitionId(1), at(5), at(5)));
    }
}
