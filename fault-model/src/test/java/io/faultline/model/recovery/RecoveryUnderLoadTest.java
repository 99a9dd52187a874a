package io.faultline.model.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import io.faultline.kernel.random.Exponential;
import io.faultline.model.Rate;
import io.faultline.model.Settings;
import io.faultline.model.TestRun;
import io.faultline.model.detector.SuspicionPolicy;
import io.faultline.model.fault.Crash;
import io.faultline.model.fault.Selector;
import io.faultline.model.observation.Observed.OperationCompleted;
import io.faultline.model.observation.Observed.OperationRejected;
import io.faultline.model.observation.Observed.Quiesced;
import io.faultline.model.observation.Observed.Resumed;
import io.faultline.model.observation.Observed.RetryAdmitted;
import io.faultline.model.workload.Discipline;
import io.faultline.model.workload.OnReject;
import io.faultline.model.workload.Retry;
import io.faultline.model.workload.Skip;
import io.faultline.model.workload.Workload;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// A recovery under load, against its closed form.
///
/// Five partitions are asked for 50 operations a second each; one crashes, and four go on with 200
/// in all. An operation takes 20 ms on average, exponentially, and all run side by side: so in
/// flight are as many as in the queue M/M/∞, a Poisson number with mean ρ = 200/s · 20 ms = 4. A
/// pause waits for the last of them; n exponential times end after H(n) means, the n-th harmonic
/// number, whose mean over a Poisson number is Ein(ρ) = γ + ln ρ + E₁(ρ), here 1.967. The phases
/// take 225 ms more, and all who ask in the meantime are refused; in the last 75 ms of it they
/// include the clients of the fifth partition, whose entities have moved by then.
class RecoveryUnderLoadTest {

    private static final int RUNS = 400;
    private static final double EIN_OF_4 = 1.967;
    private static final double WAIT = 20 * EIN_OF_4;
    private static final double PAUSE = WAIT + 225;
    private static final double REFUSED = 0.2 * PAUSE + 0.05 * 75;

    private record Measured(
            double inFlight, double waited, double pause, double refused, double slowest) {}

    private static List<Measured> runs(double serviceMillis, OnReject onReject) {
        var workload =
                new Workload(
                        new Rate(50),
                        new Exponential(serviceMillis * 1e6),
                        Discipline.CONCURRENT,
                        onReject);
        var settings = Settings.of(5).suspicion("policy", SuspicionPolicy.COUNTING).with(workload);
        return IntStream.rangeClosed(1, RUNS)
                .mapToObj(seed ->
                        measure(
                                new TestRun(settings, seed)
                                        .at(1000, new Crash(TestRun.partitions(4), Selector.NOBODY))
                                        .twoReports(1000, 4)
                                        .until(2500)))
                .toList();
    }

    private static Measured measure(TestRun run) {
        long inFlight =
                run.trace().stream()
                        .filter(entry ->
                                entry.what() instanceof OperationCompleted(var who, var latency)
                                        && who.rank() != 4
                                        && entry.time().nanos() > 1_000_000_000
                                        && entry.time().nanos() - latency.toNanos()
                                                <= 1_000_000_000)
                        .count();
        return new Measured(
                inFlight,
                millis(run.trace().all(Quiesced.class).findFirst().orElseThrow().waited()),
                millis(run.trace().all(Resumed.class).findFirst().orElseThrow().paused()),
                run.count(OperationRejected.class),
                run.trace()
                        .all(RetryAdmitted.class)
                        .mapToDouble(retry -> millis(retry.waited()))
                        .max()
                        .orElse(0));
    }

    private static double millis(Duration span) {
        return span.toNanos() / 1e6;
    }

    private static double mean(List<Measured> runs, ToDoubleFunction<Measured> what) {
        return runs.stream().mapToDouble(what).average().orElseThrow();
    }

    @Test
    void aPauseWaitsAndRefusesAsTheClosedFormSays() {
        var runs = runs(20, new Skip());
        assertThat(mean(runs, Measured::inFlight)).isCloseTo(4, withPercentage(5));
        assertThat(mean(runs, Measured::waited)).isCloseTo(WAIT, withPercentage(5));
        assertThat(mean(runs, Measured::pause)).isCloseTo(PAUSE, withPercentage(2));
        assertThat(mean(runs, Measured::refused)).isCloseTo(REFUSED, withPercentage(3));
    }

    @Test
    void withLongerOperationsNoneOfTheseNumbersComesOut() {
        var runs = runs(30, new Skip());
        assertThat(mean(runs, Measured::inFlight)).isNotCloseTo(4, withPercentage(10));
        assertThat(mean(runs, Measured::waited)).isNotCloseTo(WAIT, withPercentage(10));
        assertThat(mean(runs, Measured::refused)).isNotCloseTo(REFUSED, withPercentage(3));
    }

    /// Who asks again every 50 ms is refused as often as 50 ms fit into the rest of the pause, and
    /// once more, and waits for the end of the pause and 25 ms longer on average.
    @Test
    void clientsThatComeBackAreRefusedThreeTimesAsOftenAndServedInTheEnd() {
        var runs = runs(20, new Retry(Duration.ofMillis(50)));
        assertThat(mean(runs, Measured::waited)).isCloseTo(WAIT, withPercentage(5));
        assertThat(mean(runs, Measured::pause)).isCloseTo(PAUSE, withPercentage(2));
        double asked = mean(runs, Measured::refused) / REFUSED;
        assertThat(asked).isCloseTo(PAUSE / 2 / 50 + 0.5, within(0.25));
        assertThat(mean(runs, Measured::slowest)).isBetween(PAUSE, PAUSE + 50);
        assertThat(mean(runs(20, new Skip()), Measured::slowest)).isZero();
    }
}
