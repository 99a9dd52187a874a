package io.faultline.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.kernel.random.Exponential;
import io.faultline.kernel.random.Uniform;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.fault.Crash;
import io.faultline.model.fault.NetworkSplit;
import io.faultline.model.fault.Selector;
import io.faultline.model.observation.Observed.AttemptFinished;
import io.faultline.model.observation.Observed.FaultTookEffect;
import io.faultline.model.observation.Observed.MessageDropped;
import io.faultline.model.observation.Observed.OperationCompleted;
import io.faultline.model.observation.Observed.RoundBroken;
import io.faultline.model.observation.Observed.RoundCompleted;
import io.faultline.model.observation.Observed.StatusChanged;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

/// The same seed gives the same run, with everything going on at once.
class RepeatabilityTest {

    private static TestRun run(long seed) {
        var network =
                Changed.in(
                        Settings.of(1).topology().network(),
                        "latency",
                        new Uniform(1e6, 5e6),
                        "jitter",
                        new Exponential(3e6),
                        "loss",
                        new Probability(0.05));
        var settings =
                Settings.of(6)
                        .with(network)
                        .withHeartbeats()
                        .withBarrier(new Exponential(200e6))
                        .barrier("timeout", Duration.ofSeconds(2), "gap", Duration.ofMillis(10))
                        .with(Settings.workload(20, new Exponential(10e6)));
        return new TestRun(settings, seed)
                .during(3000, 4000, new Crash(TestRun.partitions(1), Selector.NOBODY))
                .at(20_000, new Crash(TestRun.partitions(4), Selector.NOBODY))
                .during(
                        30_000,
                        40_000,
                        new NetworkSplit(
                                List.of(List.of(new NodeId("n2"), new NodeId("n3"))), false))
                .until(60_000);
    }

    @Test
    void theSameSeedGivesTheSameRun() {
        var once = run(1);
        var again = run(1);
        assertThat(again.trace().entries()).isEqualTo(once.trace().entries());
        assertThat(again.simulation().fingerprint()).isEqualTo(once.simulation().fingerprint());
        assertThat(again.simulation().eventHash()).isEqualTo(once.simulation().eventHash());
    }

    @Test
    void anotherSeedGivesAnother() {
        var one = run(1).simulation();
        var other = run(2).simulation();
        assertThat(other.fingerprint()).isNotEqualTo(one.fingerprint());
        assertThat(other.eventHash()).isNotEqualTo(one.eventHash());
    }

    /// Or else being the same would mean little.
    @Test
    void muchGoesOnInIt() {
        var run = run(1);
        assertThat(run.count(FaultTookEffect.class)).isEqualTo(3);
        assertThat(run.count(MessageDropped.class)).isGreaterThan(50);
        assertThat(run.count(OperationCompleted.class)).isGreaterThan(1000);
        assertThat(run.count(RoundCompleted.class)).isGreaterThan(10);
        assertThat(run.count(RoundBroken.class)).isPositive();
        assertThat(run.count(StatusChanged.class)).isGreaterThan(4);
        assertThat(run.count(AttemptFinished.class)).isPositive();
    }
}
