package io.faultline.model.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.faultline.kernel.random.Exponential;
import io.faultline.kernel.random.Uniform;
import io.faultline.model.Settings;
import io.faultline.model.TestRun;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.observation.Observed.FaultSkipped;
import io.faultline.model.observation.Observed.FaultTookEffect;
import io.faultline.model.observation.Observed.NodeCrashed;
import io.faultline.model.observation.Observed.NodeRestarted;
import io.faultline.model.observation.Observed.PartitionDown;
import io.faultline.model.observation.Observed.PartitionUp;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Optional;

/// Nodes that go down and come up again and again.
class FlappingTest {

    private static final NodeId N1 = new NodeId("n1");

    private static Flapping flapping(Flapping.By by) {
        return new Flapping(Selector.of(N1), Settings.millis(100), Settings.millis(400), by);
    }

    @ParameterizedTest
    @CsvSource({"CRASH, CRASHED", "PAUSE, PAUSED", "ISOLATION, CUT_OFF"})
    void theyGoDownByTurnsUntilTheEnd(Flapping.By by, String cause) {
        var run = new TestRun(Settings.of(3)).during(1000, 2050, flapping(by)).until(5000);
        assertThat(run.brief(FaultTookEffect.class, PartitionDown.class, PartitionUp.class))
                .containsExactlyInAnyOrder(
                        "1000 FaultTookEffect 0",
                        "1000 PartitionDown P1 " + cause,
                        "1100 PartitionUp P1",
                        "1500 PartitionDown P1 " + cause,
                        "1600 PartitionUp P1",
                        "2000 PartitionDown P1 " + cause,
                        "2050 PartitionUp P1");
    }

    @Test
    void everyNodeDrawsTimesOfItsOwn() {
        var both =
                new Flapping(
                        Selector.of(N1, new NodeId("n2")),
                        new Exponential(1e8),
                        new Exponential(1e9),
                        Flapping.By.CRASH);
        var one =
                new Flapping(
                        Selector.of(N1),
                        new Exponential(1e8),
                        new Exponential(1e9),
                        Flapping.By.CRASH);
        var alone = crashesOfN1(new TestRun(Settings.of(3)).at(0, one).until(60_000));
        var together = crashesOfN1(new TestRun(Settings.of(3)).at(0, both).until(60_000));
        assertThat(together).isEqualTo(alone).hasSizeGreaterThan(20);
    }

    private static List<String> crashesOfN1(TestRun run) {
        return run.brief(o -> o instanceof NodeCrashed(var node) && node.equals(N1));
    }

    /// Suspicion takes 2 s of silence, and each time it is away for one.
    @Test
    void whoIsBackSoonEnoughIsNeverSuspected() {
        var often =
                new Flapping(
                        Selector.of(N1),
                        Settings.millis(1000),
                        Settings.millis(1000),
                        Flapping.By.ISOLATION);
        var run = new TestRun(Settings.of(3).withHeartbeats()).at(0, often).until(60_000);
        assertThat(run.count(PartitionDown.class)).isEqualTo(31);
        assertThat(run.brief(o -> o.getClass().getSimpleName().equals("StatusChanged"))).isEmpty();
    }

    @Test
    void flappingNamesNodes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Flapping(
                                Selector.NOBODY,
                                Settings.millis(1),
                                Settings.millis(1),
                                Flapping.By.CRASH))
                .withMessage("flapping needs nodes");
    }

    /// The first one goes down at once; those that may not wait until their turn comes again.
    @Test
    void aBudgetIsAskedForEachNodeWheneverItWouldGoDown() {
        var budget = new Budget(Optional.of(1), Optional.empty(), Optional.empty());
        var all =
                new Flapping(
                        Selector.of(Mode.ALL),
                        new Uniform(100e6, 300e6),
                        new Uniform(100e6, 300e6),
                        Flapping.By.CRASH);
        var run =
                new TestRun(Settings.of(3), 5)
                        .keepingTo(budget)
                        .during(1000, 6000, all)
                        .until(10_000);
        assertThat(run.trace().all(NodeCrashed.class).map(NodeCrashed::node).distinct()).hasSize(3);
        assertThat(run.count(FaultSkipped.class)).isGreaterThan(1);
        int down = 0;
        for (var entry : run.trace()) {
            down +=
                    switch (entry.what()) {
                        case NodeCrashed _ -> 1;
                        case NodeRestarted _ -> -1;
                        default -> 0;
                    };
            assertThat(down).isBetween(0, 1);
        }
    }
}
