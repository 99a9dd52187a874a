package io.faultline.model.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.faultline.model.Probability;
import io.faultline.model.Settings;
import io.faultline.model.TestRun;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.observation.Observed.NodeRestarted;
import io.faultline.model.observation.Observed.NodeStopped;
import io.faultline.model.observation.Observed.OperationCompleted;
import io.faultline.model.observation.Observed.OperationLost;
import io.faultline.model.observation.Observed.OperationRejected;
import io.faultline.model.observation.Observed.PartitionDown;
import io.faultline.model.observation.Observed.StatusChanged;
import io.faultline.model.script.Operation;
import io.faultline.model.workload.Discipline;
import io.faultline.model.workload.Workload;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

/// Nodes that are stopped for maintenance.
class GracefulStopTest {

    private static final GracefulStop STOP = new GracefulStop(Selector.of(new NodeId("n1")));

    private static Operation operation(long millis) {
        return new Operation(new PartitionId(1), Duration.ofMillis(millis));
    }

    private static Settings late() {
        return Settings.of(3)
                .with(Settings.network(Settings.millis(30), Probability.NEVER))
                .withHeartbeats();
    }

    /// Two operations take until 1600; the goodbye takes 30 ms more.
    @Test
    void whatIsInTheQueueIsDoneNothingElseIsAcceptedAndTheStopIsFoundAtOnce() {
        var run =
                new TestRun(late())
                        .at(1000, operation(500))
                        .at(1000, operation(100))
                        .at(1200, STOP)
                        .at(1300, operation(10))
                        .until(1700);
        assertThat(
                        run.brief(
                                OperationCompleted.class,
                                OperationLost.class,
                                OperationRejected.class,
                                NodeStopped.class,
                                PartitionDown.class,
                                StatusChanged.class))
                .containsExactly(
                        "1300 OperationRejected P1",
                        "1500 OperationCompleted P1 500",
                        "1600 OperationCompleted P1 600",
                        "1600 NodeStopped n1",
                        "1600 PartitionDown P1 STOPPED",
                        "1630 StatusChanged P1 HEALTHY SUSPECTED SAID_GOODBYE",
                        "1630 StatusChanged P1 SUSPECTED FAILED SAID_GOODBYE");
    }

    @Test
    void operationsSideBySideAreWaitedForAsWell() {
        var workload = Settings.workload(50, Settings.millis(400));
        var concurrent =
                new Workload(
                        workload.rate(),
                        workload.service(),
                        Discipline.CONCURRENT,
                        workload.onReject());
        var run = new TestRun(late().with(concurrent), 1).at(1200, STOP).until(3000);
        assertThat(run.count(OperationLost.class)).isZero();
        var stopped = run.trace().stream().filter(e -> e.what() instanceof NodeStopped).findFirst();
        assertThat(stopped.orElseThrow().time().nanos()).isBetween(1_500_000_000L, 1_600_000_000L);
    }

    @Test
    void aGoodbyeThatIsLostIsSentAgainByTheSystemOfANodeThatIsDown() {
        var run =
                new TestRun(late())
                        .at(1200, STOP)
                        .during(
                                1000,
                                1300,
                                new MessageLoss(
                                        new Probability(1),
                                        List.of(),
                                        Selector.NOBODY,
                                        Selector.NOBODY))
                        .until(1500);
        assertThat(run.brief(StatusChanged.class))
                .last()
                .isEqualTo("1430 StatusChanged P1 SUSPECTED FAILED SAID_GOODBYE");
    }

    @Test
    void atItsEndTheNodeStartsAgain() {
        var run = new TestRun(Settings.of(3)).during(1200, 1300, STOP).until(5000);
        assertThat(run.brief(NodeStopped.class, NodeRestarted.class))
                .containsExactly("1200 NodeStopped n1", "1300 NodeRestarted n1 2");
    }

    @Test
    void aNodeThatIsNotDoneByThenStaysUp() {
        var run =
                new TestRun(Settings.of(3))
                        .at(1000, operation(1000))
                        .during(1200, 1500, STOP)
                        .at(1600, operation(10))
                        .until(5000);
        assertThat(run.brief(NodeStopped.class, OperationCompleted.class))
                .containsExactly(
                        "2000 OperationCompleted P1 1000", "2010 OperationCompleted P1 410");
    }

    @Test
    void aPauseDelaysTheStopAndACrashForestallsIt() {
        var paused =
                new TestRun(Settings.of(3))
                        .at(1000, operation(500))
                        .at(1200, STOP)
                        .during(1300, 2300, new Pause(Selector.of(new NodeId("n1"))))
                        .until(5000);
        assertThat(paused.brief(NodeStopped.class)).containsExactly("2500 NodeStopped n1");
        var crashed =
                new TestRun(Settings.of(3))
                        .at(1000, operation(500))
                        .during(1200, 4000, STOP)
                        .during(1300, 2300, new Crash(TestRun.partitions(1), Selector.NOBODY))
                        .until(5000);
        assertThat(crashed.brief(NodeStopped.class, OperationLost.class, NodeRestarted.class))
                .containsExactly("1300 OperationLost P1", "4000 NodeRestarted n1 2");
    }

    @Test
    void aStopNamesNodes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GracefulStop(Selector.NOBODY))
                .withMessage("graceful-stop needs nodes");
    }
}
