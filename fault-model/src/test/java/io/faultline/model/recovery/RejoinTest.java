package io.faultline.model.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.Probability;
import io.faultline.model.Settings;
import io.faultline.model.TestRun;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.detector.SuspicionPolicy;
import io.faultline.model.fault.Crash;
import io.faultline.model.fault.MessageLoss;
import io.faultline.model.fault.Selector;
import io.faultline.model.observation.Observed.OperationCompleted;
import io.faultline.model.observation.Observed.OperationLost;
import io.faultline.model.observation.Observed.OperationRejected;
import io.faultline.model.observation.Observed.Quiesced;
import io.faultline.model.script.Operation;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

/// A partition that starts again has forgotten whether operations are paused.
class RejoinTest {

    private static final Duration BRIEF = Duration.ofMillis(1);
    private static final List<NodeId> COORDINATOR = List.of(new NodeId("coordinator"));

    @Test
    void aPartitionThatStartsAgainDuringAPauseKeepsToIt() {
        var settings = slowAndCounting(5);
        var p0 = TestRun.partitions(0).getFirst();
        var run =
                new TestRun(settings)
                        .report(0, 2)
                        .report(0, 2)
                        .during(50, 60, new Crash(TestRun.partitions(0), Selector.NOBODY))
                        .at(55, new Operation(p0, BRIEF)) // down
                        .at(61, new Operation(p0, BRIEF)) // asking
                        .at(100, new Operation(p0, BRIEF)) // told that there is a pause
                        .at(400, new Operation(p0, BRIEF)) // told that it is over
                        .until(1000);
        assertThat(
                        run.lines(
                                List.of(
                                        OperationCompleted.class,
                                        OperationLost.class,
                                        OperationRejected.class)))
                .containsExactly(
                        "55 OperationLost[partition=P0]",
                        "61 OperationRejected[partition=P0]",
                        "100 OperationRejected[partition=P0]",
                        "401 OperationCompleted[partition=P0, latency=PT0.001S]");
    }

    @Test
    void aPartitionThatStartsAgainWithoutAPauseIsToldSo() {
        var settings = slowAndCounting(3);
        var p0 = TestRun.partitions(0).getFirst();
        var run =
                new TestRun(settings)
                        .during(50, 60, new Crash(TestRun.partitions(0), Selector.NOBODY))
                        .at(79, new Operation(p0, BRIEF))
                        .at(81, new Operation(p0, BRIEF))
                        .until(1000);
        assertThat(run.lines(List.of(OperationCompleted.class, OperationRejected.class)))
                .containsExactly(
                        "79 OperationRejected[partition=P0]",
                        "82 OperationCompleted[partition=P0, latency=PT0.001S]");
    }

    @Test
    void aCoordinatorThatStartsAgainIsToldAnewWhoIsQuiet() {
        var run =
                new TestRun(slowAndCounting(3))
                        .report(0, 2)
                        .report(0, 2)
                        .during(15, 100, new Crash(List.of(), Selector.of(COORDINATOR)))
                        .until(1000);
        assertThat(run.lines(List.of(Quiesced.class)))
                .containsExactly("120 Quiesced[waited=PT0.12S]");
    }

    /// The end of the pause is lost at 245 ms, and would be sent again while the coordinator is
    /// down.
    @Test
    void aCoordinatorThatStartsAgainTellsAnewThatAPauseIsOver() {
        var p0 = TestRun.partitions(0).getFirst();
        var loss =
                new MessageLoss(
                        new Probability(1),
                        List.of(),
                        Selector.of(COORDINATOR),
                        Selector.of(new NodeId("n0")));
        var run =
                new TestRun(slowAndCounting(3))
                        .report(0, 2)
                        .report(0, 2)
                        .during(240, 300, loss)
                        .during(310, 500, new Crash(List.of(), Selector.of(COORDINATOR)))
                        .at(509, new Operation(p0, BRIEF))
                        .at(511, new Operation(p0, BRIEF))
                        .until(1000);
        assertThat(run.lines(List.of(OperationCompleted.class, OperationRejected.class)))
                .containsExactly(
                        "509 OperationRejected[partition=P0]",
                        "512 OperationCompleted[partition=P0, latency=PT0.001S]");
    }

    /// Every message takes 10 ms, and two reports are a failure.
    private static Settings slowAndCounting(int partitions) {
        return Settings.of(partitions)
                .with(Settings.suspicion(SuspicionPolicy.COUNTING, Duration.ZERO))
                .with(Settings.network(Settings.millis(10), Probability.NEVER));
    }
}
