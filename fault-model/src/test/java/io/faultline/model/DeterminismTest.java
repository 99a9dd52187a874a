package io.faultline.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.kernel.random.Exponential;
import io.faultline.kernel.random.Uniform;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.fault.Crash;
import io.faultline.model.fault.MessageLoss;
import io.faultline.model.fault.NetworkSplit;
import io.faultline.model.network.NetworkSettings;
import io.faultline.model.observation.Observed.AttemptFinished;
import io.faultline.model.observation.Observed.LockGranted;
import io.faultline.model.observation.Observed.MessageDropped;
import io.faultline.model.observation.Observed.OperationCompleted;
import io.faultline.model.observation.Observed.RoundBroken;
import io.faultline.model.observation.Observed.RoundCompleted;
import io.faultline.model.workload.Workload;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Chance comes from the seed alone, and order from the rules alone.
class DeterminismTest {

    private static final List<NodeId> CUT_OFF = List.of(new NodeId("n5"), new NodeId("n6"));

    /// Loss, jitter, workload, a barrier with work, heartbeats, phases that fail, two crashes, a split
    /// and a burst of loss.
    private static TestRun noisy(long seed) {
        var network =
                new NetworkSettings(
                        new Exponential(20e6),
                        Map.of(),
                        new Uniform(0, 5e6),
                        new Probability(0.02),
                        Duration.ofMillis(200));
        var settings =
                Settings.of(7)
                        .with(network)
                        .withHeartbeats()
                        .withBarrier(new Uniform(100e6, 400e6));
        var workload = new Workload(new Rate(20), new Exponential(15e6));
        return new TestRun(settings.with(workload), seed)
                .at(5_000, new Crash(TestRun.partitions(1), List.of()))
                .during(7_000, 20_000, new Crash(TestRun.partitions(2), List.of()))
                .during(25_000, 32_000, new NetworkSplit(List.of(CUT_OFF)))
                .during(
                        40_000,
                        45_000,
                        new MessageLoss(new Probability(0.5), List.of(), List.of(), List.of()))
                .until(60_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void oneSeedIsOneRun(long seed) {
        var first = noisy(seed).simulation();
        var second = noisy(seed).simulation();
        assertThat(second.fingerprint()).isEqualTo(first.fingerprint());
        assertThat(second.eventHash()).isEqualTo(first.eventHash());
        assertThat(second.trace().entries()).isEqualTo(first.trace().entries());
    }

    @Test
    void anotherSeedIsAnotherRun() {
        var first = noisy(1).simulation();
        var second = noisy(2).simulation();
        assertThat(second.fingerprint()).isNotEqualTo(first.fingerprint());
        assertThat(second.eventHash()).isNotEqualTo(first.eventHash());
    }

    /// The runs above prove nothing unless everything takes place in them.
    @Test
    void everythingTakesPlaceInANoisyRun() {
        var run = noisy(1);
        assertThat(run.count(RoundCompleted.class)).isPositive();
        assertThat(run.count(RoundBroken.class)).isPositive();
        assertThat(run.count(MessageDropped.class)).isPositive();
        assertThat(run.count(OperationCompleted.class)).isPositive();
        assertThat(run.count(LockGranted.class)).isGreaterThan(2);
        assertThat(run.trace().all(AttemptFinished.class)).anyMatch(AttemptFinished::succeeded);
    }
}
