package io.faultline.model.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.faultline.model.Changed;
import io.faultline.model.Settings;
import io.faultline.model.TestRun;
import io.faultline.model.detector.SuspicionPolicy;
import io.faultline.model.fault.Crash;
import io.faultline.model.fault.Selector;
import io.faultline.model.network.MessageKind;
import io.faultline.model.observation.Observed;
import io.faultline.model.observation.Observed.MessageDelivered;
import io.faultline.model.observation.Observed.OperationCompleted;
import io.faultline.model.observation.Observed.OperationLost;
import io.faultline.model.observation.Observed.OperationRejected;
import io.faultline.model.observation.Observed.Resumed;
import io.faultline.model.observation.Observed.RetryAdmitted;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// What clients ask of partitions, and what they do when they are refused.
class WorkloadTest {

    private static final OnReject RETRY = new Retry(Duration.ofMillis(50));

    /// Two partitions, each asked 50 times a second for an operation of 30 ms, are overloaded.
    private static TestRun overloaded(Object... changes) {
        var workload = Settings.workload(50, Settings.millis(30));
        return new TestRun(Settings.of(2).with(Changed.in(workload, changes)), 1).until(20_000);
    }

    /// One of three partitions fails at 1 s; it takes 225 ms to recover it, with operations paused.
    private static TestRun recovered(Object... changes) {
        var workload = Settings.workload(100, Settings.millis(1));
        var settings = Settings.of(3).suspicion("policy", SuspicionPolicy.COUNTING);
        return new TestRun(settings.with(Changed.in(workload, changes)), 1)
                .at(1000, new Crash(TestRun.partitions(1), Selector.NOBODY))
                .twoReports(1000, 1)
                .until(3000);
    }

    private static LongStream latencies(TestRun run) {
        return run.trace().all(OperationCompleted.class).mapToLong(o -> o.latency().toMillis());
    }

    @Test
    void operationsInAQueueWaitForEachOther() {
        assertThat(latencies(overloaded()).max().orElseThrow()).isGreaterThan(5_000);
    }

    @Test
    void concurrentOperationsTakeTheirOwnTimeAndNoMore() {
        var run = overloaded("discipline", Discipline.CONCURRENT);
        assertThat(latencies(run)).isNotEmpty().containsOnly(30L);
    }

    @Test
    void concurrentOperationsDelayNoHeartbeats() {
        var workload = Settings.workload(50, Settings.millis(3000));
        var settings = Settings.of(2).withHeartbeats();
        var queued = new TestRun(settings.with(workload), 1).until(10_000);
        var concurrent =
                new TestRun(
                                settings.with(
                                        Changed.in(workload, "discipline", Discipline.CONCURRENT)),
                                1)
                        .until(10_000);
        assertThat(beats(queued)).isLessThan(5);
        assertThat(beats(concurrent)).isEqualTo(42);
    }

    private static long beats(TestRun run) {
        return run.trace()
                .all(MessageDelivered.class)
                .filter(m -> m.message() == MessageKind.HEARTBEAT)
                .count();
    }

    @Test
    void whoSkipsIsRefusedOnce() {
        var run = recovered();
        assertThat(run.count(OperationRejected.class)).isBetween(30L, 90L);
        assertThat(latencies(run).max().orElseThrow()).isLessThan(20);
    }

    @Test
    void whoRetriesIsServedAfterThePause() {
        var skips = recovered();
        var retries = recovered("onReject", RETRY);
        assertThat(retries.count(OperationCompleted.class))
                .isGreaterThan(skips.count(OperationCompleted.class) + 30);
        assertThat(retries.count(OperationRejected.class))
                .isGreaterThan(2 * skips.count(OperationRejected.class));
    }

    @Test
    void whoRetriesWaitsForTheEndOfThePauseAndAtMostOneRetryLonger() {
        var run = recovered("onReject", RETRY);
        long end = millis(run, Resumed.class).findFirst().orElseThrow();
        assertThat(millis(run, RetryAdmitted.class)).allMatch(at -> at >= end && at <= end + 50);
        assertThat(
                        run.trace()
                                .all(RetryAdmitted.class)
                                .mapToLong(retry -> retry.waited().toMillis())
                                .max()
                                .orElseThrow())
                .isBetween(225L, 275L);
    }

    private static Stream<Long> millis(TestRun run, Class<? extends Observed> kind) {
        return run.trace().stream()
                .filter(entry -> kind.isInstance(entry.what()))
                .map(entry -> entry.time().nanos() / 1_000_000);
    }

    @Test
    void whoRetriesOftenerIsRefusedOftener() {
        var seldom = recovered("onReject", RETRY);
        var often = recovered("onReject", new Retry(Duration.ofMillis(5)));
        assertThat(often.count(OperationRejected.class))
                .isGreaterThan(5 * seldom.count(OperationRejected.class));
    }

    @Test
    void aRetryThatFindsTheNodeDownIsLost() {
        var workload = Changed.in(Settings.workload(100, Settings.millis(1)), "onReject", RETRY);
        var settings = Settings.of(3).suspicion("policy", SuspicionPolicy.COUNTING);
        var run =
                new TestRun(settings.with(workload), 1)
                        .twoReports(1000, 1)
                        .at(1100, new Crash(TestRun.partitions(0), Selector.NOBODY))
                        .until(1160);
        // About ten operations of P0 were refused; their clients come back within 50 ms.
        long lost =
                run.trace().all(OperationLost.class).filter(o -> o.partition().rank() == 0).count();
        assertThat(lost).isBetween(10L, 30L);
    }

    @Test
    void nobodyRetriesWithoutWaiting() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Retry(Duration.ZERO));
    }
}
