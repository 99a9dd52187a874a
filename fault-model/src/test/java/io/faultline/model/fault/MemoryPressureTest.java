package io.faultline.model.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.faultline.kernel.random.Uniform;
import io.faultline.model.Probability;
import io.faultline.model.Settings;
import io.faultline.model.TestRun;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.observation.Observed.FaultSkipped;
import io.faultline.model.observation.Observed.NodePaused;
import io.faultline.model.observation.Observed.NodeResumed;
import io.faultline.model.observation.Observed.OperationCompleted;
import io.faultline.model.script.Operation;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Optional;

/// Nodes that spend their time on collecting garbage.
class MemoryPressureTest {

    private static final Selector N1 = Selector.of(new NodeId("n1"));
    private static final Probability HALF = new Probability(0.5);

    /// One second in four is lost.
    @Test
    void theWorldStopsAgainAndAgain() {
        var run =
                new TestRun(Settings.of(2))
                        .during(
                                1000,
                                2500,
                                new MemoryPressure(N1, new Probability(0.25), Settings.millis(200)))
                        .until(10_000);
        assertThat(run.brief(NodePaused.class, NodeResumed.class))
                .containsExactly(
                        "1000 NodePaused n1",
                        "1200 NodeResumed n1",
                        "1800 NodePaused n1",
                        "2000 NodeResumed n1");
    }

    @Test
    void anEndInTheMiddleOfACollectionEndsIt() {
        var run =
                new TestRun(Settings.of(2))
                        .during(
                                1000,
                                1900,
                                new MemoryPressure(N1, new Probability(0.25), Settings.millis(200)))
                        .until(10_000);
        assertThat(run.brief(NodeResumed.class))
                .containsExactly("1200 NodeResumed n1", "1900 NodeResumed n1");
    }

    /// Whatever the pauses: what takes a minute takes 1 / (1 - 0.3) minutes.
    @Test
    void longWorkTakesLongerByTheShareThatIsLost() {
        var run =
                new TestRun(Settings.of(2))
                        .at(
                                0,
                                new MemoryPressure(
                                        N1, new Probability(0.3), new Uniform(1e6, 100e6)))
                        .at(0, new Operation(new PartitionId(1), Duration.ofMinutes(1)))
                        .until(100_000);
        var took = run.trace().all(OperationCompleted.class).findFirst().orElseThrow().latency();
        assertThat(took.toMillis() / 60_000.0).isBetween(0.998 / 0.7, 1.002 / 0.7);
    }

    @Test
    void aBudgetIsAskedAtEachCollection() {
        var budget = new Budget(Optional.of(1), Optional.empty(), Optional.empty());
        var all = new MemoryPressure(Selector.of(Mode.ALL), HALF, new Uniform(100e6, 300e6));
        var run =
                new TestRun(Settings.of(3), 5)
                        .keepingTo(budget)
                        .during(1000, 6000, all)
                        .until(10_000);
        var paused = run.trace().all(NodePaused.class).map(NodePaused::node).distinct();
        assertThat(paused).hasSize(3);
        assertThat(run.count(FaultSkipped.class)).isGreaterThan(1);
        int standing = 0;
        for (var entry : run.trace()) {
            standing +=
                    switch (entry.what()) {
                        case NodePaused _ -> 1;
                        case NodeResumed _ -> -1;
                        default -> 0;
                    };
            assertThat(standing).isBetween(0, 1);
        }
    }

    @Test
    void aShareIsLostAndSomethingIsLeft() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MemoryPressure(N1, Probability.NEVER, Settings.millis(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MemoryPressure(N1, new Probability(0.99), Settings.millis(1)))
                .withMessage("share is more than 0% and at most 98%, but was 99.0%");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new MemoryPressure(
                                Selector.NOBODY, new Probability(0.5), Settings.millis(1)))
                .withMessage("memory-pressure needs nodes");
    }
}
