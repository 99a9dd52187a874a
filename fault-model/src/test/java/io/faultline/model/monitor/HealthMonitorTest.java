package io.faultline.model.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.Changed;
import io.faultline.model.Probability;
import io.faultline.model.Settings;
import io.faultline.model.TestRun;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.Topology;
import io.faultline.model.detector.SuspicionPolicy;
import io.faultline.model.fault.Crash;
import io.faultline.model.fault.Pause;
import io.faultline.model.fault.Selector;
import io.faultline.model.observation.Observed.AlertCleared;
import io.faultline.model.observation.Observed.AlertFired;
import io.faultline.model.observation.Observed.AlertRaised;
import io.faultline.model.observation.Observed.HealthSampled;
import io.faultline.model.recovery.PhaseDurations;
import io.faultline.model.script.Operation;
import io.faultline.model.script.OperatorHeal;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

/// A monitor that looks once a second.
class HealthMonitorTest {

    private static final PartitionId P1 = new PartitionId(1);

    /// Five partitions, confirmation after one second, a detection of two seconds being fine.
    private static final Settings WATCHED =
            Settings.of(5)
                    .with(Settings.suspicion(SuspicionPolicy.CONFIRMING, Duration.ofSeconds(1)))
                    .with(monitor("detection", Duration.ofSeconds(2)));

    private static final Settings SLOW =
            WATCHED.recovery(
                    "phases",
                    new PhaseDurations(
                            Settings.millis(100),
                            Settings.millis(500),
                            Settings.millis(1000),
                            Settings.millis(100)));

    private static MonitorSettings monitor(Object... limits) {
        return Changed.in(Settings.monitor(), "limits", Changed.in(Settings.limits(), limits));
    }

    private static Settings monitored(Settings settings, Object... changes) {
        var monitor = settings.protocol().monitor().orElseThrow();
        return settings.with(Changed.in(monitor, changes));
    }

    /// P1 is suspected from 1200 until it fails at 2200, which the poll of 2000 finds. With a pause
    /// until 4500 so do those of 3000 and 4000.
    @Test
    void pollsThatFallIntoAPauseAreMadeUpForAtItsEndAndEachCounts() {
        var limits = monitor("suspected", 0, "detection", Duration.ofSeconds(10));
        var thrice = monitored(WATCHED.with(limits), "raiseAfter", 3);
        var awake = new TestRun(thrice).twoReports(1200, 1).until(10_000);
        assertThat(awake.brief(AlertFired.class)).containsExactly("2000 AlertFired SUSPECTED");
        assertThat(awake.count(AlertRaised.class)).isZero();
        var paused =
                new TestRun(thrice)
                        .during(1500, 4500, new Pause(Selector.of(Topology.COORDINATOR)))
                        .twoReports(1200, 1)
                        .until(10_000);
        assertThat(paused.brief(AlertFired.class))
                .containsExactly(
                        "4500 AlertFired SUSPECTED",
                        "4500 AlertFired SUSPECTED",
                        "4500 AlertFired SUSPECTED");
        assertThat(paused.brief(AlertRaised.class))
                .singleElement()
                .asString()
                .startsWith("4500 AlertRaised SUSPECTED");
    }

    @Test
    void aShortFailureBetweenTwoPollsRaisesNoAlert() {
        var run = new TestRun(WATCHED).twoReports(1500, 1).until(10_000);
        assertThat(run.brief(HealthSampled.class))
                .containsExactly(
                        "0 HealthSampled HEALTHY 5 0 0 0",
                        "2000 HealthSampled DEGRADED 4 1 0 0",
                        "3000 HealthSampled HEALTHY 5 0 0 0");
        assertThat(run.count(AlertFired.class)).isZero();
    }

    @Test
    void aFailureThatLastsOverTwoPollsFiresAtEach() {
        var run = new TestRun(SLOW).twoReports(1500, 1).until(10_000);
        assertThat(run.brief(HealthSampled.class))
                .containsExactly(
                        "0 HealthSampled HEALTHY 5 0 0 0",
                        "2000 HealthSampled DEGRADED 4 1 0 0",
                        "3000 HealthSampled CRITICAL 4 0 1 0",
                        "5000 HealthSampled HEALTHY 5 0 0 0");
        assertThat(run.brief(AlertFired.class, AlertRaised.class, AlertCleared.class))
                .containsExactly(
                        "3000 AlertFired FAILED",
                        "3000 AlertRaised FAILED 1 > 0",
                        "4000 AlertFired FAILED",
                        "5000 AlertCleared FAILED 2");
    }

    @Test
    void aDetectionThatTookTooLongIsAnAlertForEver() {
        var run = new TestRun(WATCHED.with(Settings.monitor())).twoReports(1500, 1).until(9_000);
        assertThat(run.brief(AlertFired.class))
                .containsExactly(
                        "3000 AlertFired DETECTION_LATENCY",
                        "4000 AlertFired DETECTION_LATENCY",
                        "5000 AlertFired DETECTION_LATENCY",
                        "6000 AlertFired DETECTION_LATENCY",
                        "7000 AlertFired DETECTION_LATENCY",
                        "8000 AlertFired DETECTION_LATENCY",
                        "9000 AlertFired DETECTION_LATENCY");
        assertThat(run.brief(AlertRaised.class, AlertCleared.class))
                .containsExactly("3000 AlertRaised DETECTION_LATENCY 1.000s > 0.500s");
    }

    @Test
    void detectionCountsFromTheFirstOfTheReportsInARow() {
        var run = new TestRun(WATCHED).report(100, 1).report(1700, 1).until(3000);
        assertThat(run.brief(AlertRaised.class))
                .contains("3000 AlertRaised DETECTION_LATENCY 2.600s > 2.000s");
        var healed =
                new TestRun(WATCHED)
                        .report(100, 1)
                        .at(200, new OperatorHeal(P1))
                        .report(1500, 1)
                        .report(1700, 1)
                        .until(3000);
        assertThat(healed.count(AlertRaised.class)).isZero();
    }

    /// Last heard from at 1000, failed at 6100.
    @Test
    void detectionBySilenceCountsFromTheLastHeartbeat() {
        var run =
                new TestRun(WATCHED.withHeartbeats())
                        .at(1200, new Crash(List.of(P1), Selector.NOBODY))
                        .until(7000);
        assertThat(run.brief(AlertRaised.class))
                .containsExactly("7000 AlertRaised DETECTION_LATENCY 5.100s > 2.000s");
    }

    @Test
    void aLostQuorumOutranksFailures() {
        var run =
                new TestRun(SLOW.with(Settings.suspicion(SuspicionPolicy.COUNTING, Duration.ZERO)))
                        .twoReports(900, 0, 1, 2)
                        .until(1000);
        assertThat(run.brief(HealthSampled.class))
                .containsExactly(
                        "0 HealthSampled HEALTHY 5 0 0 0",
                        "1000 HealthSampled QUORUM_LOST 2 0 3 1");
        assertThat(run.brief(AlertRaised.class))
                .containsExactly(
                        "1000 AlertRaised FAILED 3 > 0",
                        "1000 AlertRaised HEALTH_RATIO 40.0% < 50.0%",
                        "1000 AlertRaised QUORUM_LOST 1 > 0");
    }

    /// An operation of 9 s is in flight when recovery pauses at 600, and would be waited for 10 s.
    @Test
    void operationsThatAreWaitedForTooLongRaiseAnAlertUntilTheyAreDone() {
        var settings = SLOW.recovery("pauseTimeout", Duration.ofSeconds(10));
        var run =
                new TestRun(
                                settings.with(
                                        Settings.suspicion(
                                                SuspicionPolicy.COUNTING, Duration.ZERO)))
                        .at(0, new Operation(new PartitionId(2), Duration.ofSeconds(9)))
                        .twoReports(600, 1)
                        .until(12_000);
        assertThat(run.brief(AlertRaised.class, AlertCleared.class))
                .contains(
                        "6000 AlertRaised DRAINING 5.400s > 5.000s",
                        "9000 AlertCleared DRAINING 3");
    }

    /// What was in flight when the time for it was over is still waited for.
    @Test
    void aPauseThatTimedOutGoesOnDraining() {
        var settings = SLOW.recovery("pauseTimeout", Duration.ofSeconds(5));
        var run =
                new TestRun(
                                settings.with(
                                        Settings.suspicion(
                                                SuspicionPolicy.COUNTING, Duration.ZERO)))
                        .at(0, new Operation(new PartitionId(2), Duration.ofMillis(6500)))
                        .twoReports(600, 1)
                        .until(12_000);
        assertThat(run.brief(AlertRaised.class, AlertCleared.class))
                .contains(
                        "6000 AlertRaised DRAINING 5.400s > 5.000s",
                        "7000 AlertCleared DRAINING 1");
    }

    /// Suspected at polls 1, 3 and 5, and healthy at those in between.
    private static TestRun flapping(Object... changes) {
        var settings = WATCHED.with(monitor("suspected", 0, "detection", Duration.ofSeconds(2)));
        var run = new TestRun(monitored(settings, changes));
        for (long time = 900; time < 6000; time += 2000) {
            run.twoReports(time, 1).at(time + 500, new OperatorHeal(P1));
        }
        return run.until(10_000);
    }

    @Test
    void anAlertThatFlapsIsRaisedOnceIfClearingTakesTwoPolls() {
        assertThat(flapping().brief(AlertRaised.class, AlertCleared.class))
                .containsExactly(
                        "1000 AlertRaised SUSPECTED 1 > 0",
                        "2000 AlertCleared SUSPECTED 1",
                        "3000 AlertRaised SUSPECTED 1 > 0",
                        "4000 AlertCleared SUSPECTED 1",
                        "5000 AlertRaised SUSPECTED 1 > 0",
                        "6000 AlertCleared SUSPECTED 1");
        assertThat(flapping("clearAfter", 2).brief(AlertRaised.class, AlertCleared.class))
                .containsExactly(
                        "1000 AlertRaised SUSPECTED 1 > 0", "7000 AlertCleared SUSPECTED 3");
    }

    @Test
    void anAlertThatFlapsIsNeverRaisedIfRaisingTakesTwoPolls() {
        var run = flapping("raiseAfter", 2);
        assertThat(run.count(AlertRaised.class)).isZero();
        assertThat(run.count(AlertFired.class)).isEqualTo(3);
    }

    @Test
    void withSlackAnAlertStaysUntilThingsAreWellWithinTheLimit() {
        var settings =
                WATCHED.with(monitor("suspected", 1, "detection", Duration.ofSeconds(9)))
                        .suspicion("confirm", Duration.ofSeconds(9));
        for (var slack : List.of(0.0, 1.0)) {
            var run =
                    new TestRun(monitored(settings, "slack", new Probability(slack)))
                            .twoReports(900, 0, 1)
                            .at(1500, new OperatorHeal(P1))
                            .at(3500, new OperatorHeal(new PartitionId(0)))
                            .until(10_000);
            assertThat(run.brief(AlertCleared.class))
                    .containsExactly((slack == 0 ? 2000 : 4000) + " AlertCleared SUSPECTED 1");
        }
    }

    @Test
    void howFarBackIsRememberedDecidesHowLongAnAlertLasts() {
        var limits = monitor("healthyPolls", new Probability(0.9));
        for (int history : List.of(5, 20)) {
            var settings = monitored(WATCHED.with(limits), "history", history);
            var run = new TestRun(settings).twoReports(4900, 1).at(5100, new OperatorHeal(P1));
            assertThat(run.until(30_000).brief(AlertRaised.class, AlertCleared.class))
                    .containsExactly(
                            "5000 AlertRaised HEALTHY_POLLS "
                                    + (history == 5 ? "80.0%" : "83.3%")
                                    + " < 90.0%",
                            history == 5
                                    ? "10000 AlertCleared HEALTHY_POLLS 5"
                                    : "9000 AlertCleared HEALTHY_POLLS 4");
            assertThat(run.world().monitor().orElseThrow().history()).hasSize(history);
        }
    }

    @Test
    void whileItsNodeIsDownNoSampleIsTakenAndAfterwardsThePeriodGoesOn() {
        var run =
                new TestRun(WATCHED)
                        .during(500, 3200, new Crash(List.of(), Selector.of(Topology.COORDINATOR)))
                        .twoReports(1000, 1)
                        .until(4000);
        assertThat(run.brief(HealthSampled.class))
                .containsExactly(
                        "0 HealthSampled HEALTHY 5 0 0 0", "4000 HealthSampled DEGRADED 4 1 0 0");
        assertThat(run.world().monitor().orElseThrow().history()).hasSize(2);
    }

    @Test
    void theMonitorOnlyLooksOn() {
        var changes =
                List.of(
                        HealthSampled.class,
                        AlertFired.class,
                        AlertRaised.class,
                        AlertCleared.class);
        var with = new TestRun(SLOW).twoReports(1500, 1).until(10_000);
        var without =
                new TestRun(SLOW.protocol("monitor", java.util.Optional.empty()))
                        .twoReports(1500, 1)
                        .until(10_000);
        assertThat(with.lines(o -> !changes.contains(o.getClass())))
                .isEqualTo(without.lines(_ -> true));
    }
}
