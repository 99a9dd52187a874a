package io.faultline.model.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.faultline.kernel.SimTime;
import io.faultline.model.Settings;
import io.faultline.model.TestRun;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.fault.Crash;
import io.faultline.model.fault.Fault;
import io.faultline.model.fault.NetworkSplit;
import io.faultline.model.fault.Selector;
import io.faultline.model.observation.Observed;
import io.faultline.model.observation.Observed.AttemptFinished;
import io.faultline.model.observation.Observed.NodeRestarted;
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
        return run(new Crash(TestRun.partitions(1), Selector.NOBODY), prevented);
    }

    private static TestRun run(Fault fault, Prevention... prevented) {
        return new TestRun(Settings.of(3).withHeartbeats())
                .at(1200, fault)
                .with(world -> world.coordinator().prevent(List.of(prevented)));
    }

    @Test
    void whoWouldFailIsHealedByAnOperatorAtThatInstant() {
        var run = crashed(new Prevention(new PartitionId(1), at(6000), at(9000))).until(20_000);
        assertThat(run.brief(StatusChanged.class, NodeRestarted.class, AttemptFinished.class))
                .containsExactly(
                        "3100 StatusChanged P1 HEALTHY SUSPECTED HEARTBEAT_MISS",
                        "6100 StatusChanged P1 SUSPECTED HEALTHY OPERATOR",
                        "6100 NodeRestarted n1 2");
    }

    /// Nobody can heal a partition that is out of reach, so it would fail again and again.
    @Test
    void itMayFailAgainOnlyAfterThatTime() {
        var split = new NetworkSplit(List.of(List.of(new NodeId("n1"))), false);
        var whole = run(split).until(20_000).brief(PreventionTest::isFailure);
        assertThat(whole).startsWith("6100 StatusChanged P1 SUSPECTED FAILED HEARTBEAT_MISS");
        var prevention = new Prevention(new PartitionId(1), at(6000), at(15_000));
        assertThat(run(split, prevention).until(20_000).brief(PreventionTest::isFailure))
                .containsExactly("16300 StatusChanged P1 SUSPECTED FAILED HEARTBEAT_MISS");
    }

    private static boolean isFailure(Observed what) {
        return what instanceof StatusChanged change && change.to() == PartitionStatus.FAILED;
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
