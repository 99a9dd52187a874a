package io.faultline.model.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.faultline.model.Settings;
import io.faultline.model.TestRun;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.Topology;
import io.faultline.model.network.MessageKind;
import io.faultline.model.observation.Observed.FaultTookEffect;
import io.faultline.model.observation.Observed.MessageDelivered;
import io.faultline.model.observation.Observed.OperationCompleted;
import io.faultline.model.observation.Observed.PartitionDown;
import io.faultline.model.observation.Observed.PhaseEntered;
import io.faultline.model.observation.Observed.StatusChanged;
import io.faultline.model.script.Operation;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

/// Processors that limp.
class SlowNodeTest {

    private static final NodeId N1 = new NodeId("n1");

    private static SlowNode slow(double factor, long overheadMillis) {
        return new SlowNode(Selector.of(N1), factor, Duration.ofMillis(overheadMillis));
    }

    private static Operation operation(long millis) {
        return new Operation(new PartitionId(1), Duration.ofMillis(millis));
    }

    private static List<String> heartbeatsOfN1(TestRun run) {
        return run
                .brief(o ->
                        o instanceof MessageDelivered(var kind, var from, _, _)
                                && kind == MessageKind.HEARTBEAT
                                && from.equals(N1))
                .stream()
                .map(line -> line.substring(0, line.indexOf(' ')))
                .toList();
    }

    /// 100 ms are done at 100 and 100 more at 400; the rest is done at full speed.
    @Test
    void workInServiceSlowsDownAndSpeedsUpAgain() {
        var run =
                new TestRun(Settings.of(2))
                        .at(0, operation(300))
                        .during(100, 400, slow(3, 0))
                        .until(5000);
        assertThat(run.brief(FaultTookEffect.class, OperationCompleted.class))
                .containsExactly("100 FaultTookEffect 0", "500 OperationCompleted P1 500");
    }

    @Test
    void workThatComesLaterTakesAsManyTimesAsLongAndTheOverheadBesides() {
        var run =
                new TestRun(Settings.of(2))
                        .at(0, slow(3, 20))
                        .at(1000, operation(100))
                        .at(1000, operation(10))
                        .until(5000);
        assertThat(run.brief(FaultTookEffect.class, OperationCompleted.class))
                .containsExactly(
                        "1000 FaultTookEffect 0",
                        "1320 OperationCompleted P1 320",
                        "1370 OperationCompleted P1 370");
    }

    @Test
    void slownessesMultiplyAndEachEndsByItself() {
        var run =
                new TestRun(Settings.of(2))
                        .at(0, operation(1000))
                        .during(100, 400, slow(3, 0))
                        .during(200, 600, slow(2, 0))
                        .until(5000);
        // 100 + 100/3 + 200/6 + 200/2 are done at 600
        assertThat(run.brief(OperationCompleted.class))
                .containsExactly("1333 OperationCompleted P1 1333");
    }

    @Test
    void aNodeWithoutOperationsIsLateWithItsHeartbeats() {
        var run =
                new TestRun(Settings.of(2).withHeartbeats())
                        .during(700, 1700, slow(1, 30))
                        .until(2000);
        assertThat(heartbeatsOfN1(run)).containsExactly("0", "500", "1030", "1530", "2000");
    }

    /// Every heartbeat takes 2.1 s of work and one is due every 500 ms, so they leave later and
    /// later.
    @Test
    void aNodeThatLimpsTooMuchIsSuspectedAlthoughItIsUp() {
        var run =
                new TestRun(Settings.of(3).withHeartbeats())
                        .during(1000, 20_000, slow(1, 2100))
                        .until(30_000);
        assertThat(run.brief(StatusChanged.class)).isNotEmpty().allMatch(l -> l.contains(" P1 "));
        assertThat(run.count(PartitionDown.class)).isZero();
    }

    /// A message is handled when its turn has come: heartbeats come as three every 500 ms, and take
    /// 100 ms each. Heard at 100, 200, 300 after they were sent; nobody is suspected for that.
    @Test
    void aSlowCoordinatorHearsLate() {
        var slow = new SlowNode(Selector.of(Topology.COORDINATOR), 1, Duration.ofMillis(100));
        var settings = Settings.of(3).withHeartbeats();
        var inTime = new TestRun(settings).at(0, slow).until(20_000);
        assertThat(inTime.count(StatusChanged.class)).isZero();
        // three of 750 ms each are more than 2 s
        var overwhelmed =
                new TestRun(settings)
                        .at(
                                0,
                                new SlowNode(
                                        Selector.of(Topology.COORDINATOR),
                                        1,
                                        Duration.ofMillis(750)))
                        .until(20_000);
        assertThat(overwhelmed.count(StatusChanged.class)).isPositive();
    }

    /// P1 is to pause at 5000, and would do so at 5400. It starts again at 5200, and is told what
    /// it owns and that it is to pause.
    @Test
    void aCrashLosesMessagesThatWaitForTheirTurn() {
        var run =
                new TestRun(Settings.of(3))
                        .at(0, slow(1, 400))
                        .twoReports(0, 2)
                        .during(5100, 5200, new Crash(List.of(), Selector.of(N1)))
                        .until(8000);
        assertThat(run.brief(PhaseEntered.class))
                .first()
                .isEqualTo("6000 PhaseEntered P2 DETECTING 1");
        var control = new TestRun(Settings.of(3)).at(0, slow(1, 400)).twoReports(0, 2).until(8000);
        assertThat(control.brief(PhaseEntered.class))
                .first()
                .isEqualTo("5400 PhaseEntered P2 DETECTING 1");
    }

    @Test
    void slowMeansSlower() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> slow(0.5, 1))
                .withMessage("factor lies between 1 and 1000000, but was 0.5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> slow(1, 0))
                .withMessageStartingWith("overhead must");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SlowNode(Selector.NOBODY, 2, Duration.ZERO))
                .withMessage("slow-node needs nodes");
    }
}
