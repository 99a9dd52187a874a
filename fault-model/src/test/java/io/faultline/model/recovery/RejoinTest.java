package io.faultline.model.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.kernel.random.Constant;
import io.faultline.model.Settings;
import io.faultline.model.TestRun;
import io.faultline.model.detector.SuspicionPolicy;
import io.faultline.model.fault.Crash;
import io.faultline.model.observation.Observed.OperationCompleted;
import io.faultline.model.observation.Observed.OperationLost;
import io.faultline.model.observation.Observed.OperationRejected;
import io.faultline.model.script.Operation;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

/// A partition that starts again has forgotten whether operations are paused.
class RejoinTest {

    private static final Duration BRIEF = Duration.ofMillis(1);

    @Test
    void aPartitionThatStartsAgainDuringAPauseKeepsToIt() {
        var settings =
                Settings.of(5)
                        .with(Settings.suspicion(SuspicionPolicy.COUNTING, Duration.ZERO))
                        .with(
                                Settings.network(
                                        new Constant(10e6), io.faultline.model.Probability.NEVER));
        var p0 = TestRun.partitions(0).getFirst();
        var run =
                new TestRun(settings)
                        .report(0, 2)
                        .report(0, 2)
                        .during(50, 60, new Crash(TestRun.partitions(0), List.of()))
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
        var settings =
                Settings.of(3)
                        .with(
                                Settings.network(
                                        new Constant(10e6), io.faultline.model.Probability.NEVER));
        var p0 = TestRun.partitions(0).getFirst();
        var run =
                new TestRun(settings)
                        .during(50, 60, new Crash(TestRun.partitions(0), List.of()))
                        .at(79, new Operation(p0, BRIEF))
                        .at(81, new Operation(p0, BRIEF))
                        .until(1000);
        assertThat(run.lines(List.of(OperationCompleted.class, OperationRejected.class)))
                .containsExactly(
                        "79 OperationRejected[partition=P0]",
                        "82 OperationCompleted[partition=P0, latency=PT0.001S]");
    }
}
