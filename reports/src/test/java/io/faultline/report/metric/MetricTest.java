package io.faultline.report.metric;

import static io.faultline.report.TraceBuilder.P0;
import static io.faultline.report.TraceBuilder.P1;
import static io.faultline.report.TraceBuilder.failed;
import static io.faultline.report.TraceBuilder.healed;
import static io.faultline.report.TraceBuilder.span;
import static io.faultline.report.TraceBuilder.suspected;
import static io.faultline.report.TraceBuilder.trusted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.kernel.Observation;
import io.faultline.kernel.Trace;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.cluster.StatusReason;
import io.faultline.model.monitor.AlertRule;
import io.faultline.model.monitor.HealthLevel;
import io.faultline.model.network.MessageKind;
import io.faultline.model.observation.Observed.ActionTaken;
import io.faultline.model.observation.Observed.AlertFired;
import io.faultline.model.observation.Observed.AlertRaised;
import io.faultline.model.observation.Observed.AttemptFinished;
import io.faultline.model.observation.Observed.DownCause;
import io.faultline.model.observation.Observed.Drained;
import io.faultline.model.observation.Observed.DropCause;
import io.faultline.model.observation.Observed.Escalated;
import io.faultline.model.observation.Observed.EscalationCause;
import io.faultline.model.observation.Observed.HandlerPlaced;
import io.faultline.model.observation.Observed.HandlersMet;
import io.faultline.model.observation.Observed.HandlersParted;
import io.faultline.model.observation.Observed.HealthSampled;
import io.faultline.model.observation.Observed.LateHeartbeat;
import io.faultline.model.observation.Observed.Livelock;
import io.faultline.model.observation.Observed.LockGranted;
import io.faultline.model.observation.Observed.MessageDelivered;
import io.faultline.model.observation.Observed.MessageDropped;
import io.faultline.model.observation.Observed.NodeCrashed;
import io.faultline.model.observation.Observed.OperationCompleted;
import io.faultline.model.observation.Observed.OperationLost;
import io.faultline.model.observation.Observed.OperationRejected;
import io.faultline.model.observation.Observed.PartitionDown;
import io.faultline.model.observation.Observed.PartitionUp;
import io.faultline.model.observation.Observed.PauseTimedOut;
import io.faultline.model.observation.Observed.Paused;
import io.faultline.model.observation.Observed.PhaseEntered;
import io.faultline.model.observation.Observed.Quiesced;
import io.faultline.model.observation.Observed.QuorumJudged;
import io.faultline.model.observation.Observed.RejoinAsked;
import io.faultline.model.observation.Observed.ReportKind;
import io.faultline.model.observation.Observed.Reported;
import io.faultline.model.observation.Observed.Resumed;
import io.faultline.model.observation.Observed.RetryScheduled;
import io.faultline.model.observation.Observed.RoundBroken;
import io.faultline.model.observation.Observed.RoundCompleted;
import io.faultline.model.observation.Observed.ViewChanged;
import io.faultline.model.observation.Observed.ViewJudged;
import io.faultline.model.observation.Observed.ViewQuorumLost;
import io.faultline.model.observation.Observed.ViewQuorumRestored;
import io.faultline.model.recovery.RecoveryPhase;
import io.faultline.report.TraceBuilder;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

class MetricTest {

    private static final NodeId N0 = new NodeId("n0");
    private static final NodeId N1 = new NodeId("n1");
    private static final PartitionDown CRASH = new PartitionDown(P1, DownCause.CRASHED);

    /// A metric, a trace, and the samples in milliseconds or the count that it must find.
    record Example(Metric metric, Trace trace, double... expected) {
        @Override
        public String toString() {
            return metric.name() + " = " + Arrays.toString(expected);
        }
    }

    static Stream<Example> examples() {
        var crash =
                new TraceBuilder()
                        .at(100, CRASH)
                        .at(2200, suspected(P1, StatusReason.HEARTBEAT_MISS))
                        .at(5200, failed(P1, StatusReason.HEARTBEAT_MISS))
                        .at(5400, attempt(P1, 1, false))
                        .at(5900, attempt(P1, 2, true))
                        .at(5900, new PartitionUp(P1), healed(P1, StatusReason.RECOVERED))
                        .build();
        var falseAlarm =
                new TraceBuilder()
                        .at(100, suspected(P1, StatusReason.HEARTBEAT_MISS), trusted(P1))
                        .at(200, suspected(P1, StatusReason.BARRIER_TIMEOUT))
                        .at(300, failed(P1, StatusReason.CONFIRMED))
                        .build();
        var mistakes =
                new TraceBuilder()
                        .place(2)
                        .at(1000, suspected(P1, StatusReason.HEARTBEAT_MISS))
                        .at(1300, trusted(P1))
                        .at(2000, suspected(P1, StatusReason.HEARTBEAT_MISS))
                        // Now it comes true.
                        .at(2700, CRASH)
                        .at(4000, new Livelock(0))
                        .build();
        var phases =
                new TraceBuilder()
                        .at(0, new PhaseEntered(P1, RecoveryPhase.DETECTING, 1))
                        .at(50, new PhaseEntered(P1, RecoveryPhase.REDISTRIBUTING, 1))
                        .at(150, new PhaseEntered(P1, RecoveryPhase.REBALANCING, 1))
                        .at(225, new PhaseEntered(P1, RecoveryPhase.VALIDATING, 1))
                        .at(250, new PhaseEntered(P1, RecoveryPhase.FAILED, 1))
                        .build();
        return Stream.of(
                new Example(new SuspicionLatency(), crash, 2100),
                new Example(new DetectionLatency(), crash, 5100),
                new Example(new ConfirmationLatency(), crash, 3000),
                new Example(new RecoveryLatency(), crash, 700),
                new Example(new PeakUnhealthy(), crash, 1),
                new Example(new MistakeDuration(), crash),
                new Example(new MistakeDuration(), mistakes, 300, 700),
                new Example(new MistakeRecurrence(), mistakes, 1000),
                // Of 4 s each, P1 is not healthy for 0.3 s and then for 2 s.
                new Example(new HealthRatio(), mistakes, 5.7 / 8),
                // P1 is up for 2.7 s, and distrusted for 1 s of them.
                new Example(new QueryAccuracy(), mistakes, 5.7 / 6.7),
                new Example(new PhaseDetecting(), phases, 50),
                new Example(new PhaseRedistributing(), phases, 100),
                new Example(new PhaseRebalancing(), phases, 75),
                new Example(new PhaseValidating(), phases, 25),
                new Example(new Failures(), crash, 1),
                new Example(new FalseSuspicions(), crash, 0),
                new Example(new FalseFailures(), crash, 0),
                new Example(new Attempts(), crash, 2),
                new Example(new Successes(), crash, 1),
                new Example(new RecoverySuccessRate(), crash, 0.5),
                new Example(new SuspicionLatency(), falseAlarm),
                new Example(new DetectionLatency(), falseAlarm),
                new Example(new FalseSuspicions(), falseAlarm, 2),
                new Example(new FalseFailures(), falseAlarm, 1),
                one(new LockWait(), new LockGranted(P1, span(225)), 225),
                one(new PauseDuration(), new Resumed(span(30)), 30),
                one(new BarrierCompletion(), new RoundCompleted(1, span(12), P1), 12),
                one(
                        new MessageDelay(),
                        new MessageDelivered(MessageKind.HEARTBEAT, N0, N1, span(2)),
                        2),
                one(new OperationLatency(), new OperationCompleted(P1, span(7)), 7),
                one(new DrainTime(), new Quiesced(span(4)), 4),
                one(new PauseTimeouts(), new PauseTimedOut(1), 1),
                one(new Retries(), new RetryScheduled(P1, 1, span(100)), 1),
                one(new InconsistentRecoveries(), new AttemptFinished(P1, 1, true, true), 1),
                one(new InconsistentRecoveries(), new AttemptFinished(P1, 1, true, false), 0),
                one(new RoundsCompleted(), new RoundCompleted(1, span(12), P1), 1),
                one(new RoundsBroken(), new RoundBroken(1, List.of(P1)), 1),
                new Example(new PeakQueueDepth(), queues(), 2),
                one(new Queued(), new io.faultline.model.observation.Observed.Queued(P1, 1), 1),
                one(new Escalations(), new Escalated(P1, EscalationCause.QUORUM_LOST), 1),
                one(new QuorumLosses(), new QuorumJudged(P1, 3, 1, 0, 3), 1),
                one(new QuorumLosses(), new QuorumJudged(P1, 2, 1, 1, 3), 0),
                one(new LateHeartbeats(), new LateHeartbeat(P1), 1),
                one(new Pauses(), new Paused(), 1),
                one(
                        new MessagesDelivered(),
                        new MessageDelivered(MessageKind.HEARTBEAT, N0, N1, span(2)),
                        1),
                one(
                        new MessagesDropped(),
                        new MessageDropped(MessageKind.HEARTBEAT, N0, N1, DropCause.LOSS),
                        1),
                one(new OperationsCompleted(), new OperationCompleted(P1, span(7)), 1),
                one(new OperationsRejected(), new OperationRejected(P1), 1),
                one(new OperationsLost(), new OperationLost(P1), 1),
                one(new Alerts(), new AlertFired(AlertRule.FAILED), 1),
                new Example(new DualPrimary(), split().build(), 2000),
                new Example(new ConflictingRecoveries(), split().build(), 2),
                new Example(new ViewDisagreement(), split().build(), 1),
                one(new Rejoins(), new RejoinAsked(P0, P1, 1), 1),
                one(new AlertsRaised(), new AlertRaised(AlertRule.FAILED, "1 > 0"), 1),
                new Example(
                        new UnhealthyDuration(),
                        new TraceBuilder()
                                .at(1000, health(HealthLevel.DEGRADED))
                                .at(2000, health(HealthLevel.CRITICAL))
                                .at(5000, health(HealthLevel.HEALTHY))
                                .at(9000, health(HealthLevel.DEGRADED))
                                .build(),
                        4000));
    }

    /// Two wait, then none, then one.
    private static Trace queues() {
        return new TraceBuilder()
                .at(100, new io.faultline.model.observation.Observed.Queued(P0, 1))
                .at(200, new io.faultline.model.observation.Observed.Queued(P1, 2))
                .at(300, new Drained(2))
                .at(400, new io.faultline.model.observation.Observed.Queued(P1, 1))
                .build();
    }

    /// P0 and A on one side, P1 and B on the other. At 6000 each gives the other side up; B takes
    /// himself for a quorum from 7000 on. They meet at 9000, and A gives P1 up once more at 9500.
    private static TraceBuilder split() {
        return new TraceBuilder()
                .place(2)
                .at(0, new HandlerPlaced("A", N0), new HandlerPlaced("B", N1))
                .at(1000, new HandlersParted("A", "B"))
                .by("A", 6000, view(P1, PartitionStatus.FAILED), judged(P1, 1))
                .by("B", 6000, view(P0, PartitionStatus.FAILED), new ViewQuorumLost(1, 2))
                .by("B", 6000, judged(P0, 3))
                .by("B", 7000, new ViewQuorumRestored(1, 1), judged(P0, 1))
                .at(9000, new HandlersMet("A", "B"))
                .by("A", 9500, judged(P1, 1));
    }

    private static ViewChanged view(PartitionId partition, PartitionStatus to) {
        return new ViewChanged(partition, PartitionStatus.SUSPECTED, to);
    }

    private static ViewJudged judged(PartitionId partition, int state) {
        return new ViewJudged(partition, state, 1, 2);
    }

    @Test
    void whatADeadHandlerBelievesMakesNoDualPrimaryNorDoesADeadPartitionMakeAConflict() {
        var trace =
                new TraceBuilder()
                        .place(2)
                        .at(0, new HandlerPlaced("A", N0), new HandlerPlaced("B", N1))
                        .at(1000, new HandlersParted("A", "B"), new NodeCrashed(N1))
                        .by("A", 6000, view(P1, PartitionStatus.FAILED), judged(P1, 1))
                        .by("B", 6000, view(P0, PartitionStatus.FAILED))
                        .build();
        assertThat(new DualPrimary().of(trace).isEmpty()).isTrue();
        assertThat(new ConflictingRecoveries().of(trace)).isEqualTo(new Tally(0));
        assertThat(new ViewDisagreement().of(trace)).isEqualTo(new Tally(1));
    }

    @Test
    void aDualPrimaryThatLastsIsNotMissed() {
        var trace =
                new TraceBuilder()
                        .at(0, new HandlerPlaced("A", N0), new HandlerPlaced("B", N1))
                        .at(1000, new HandlersParted("A", "B"))
                        .by("A", 6000, view(P1, PartitionStatus.FAILED))
                        .by("B", 6000, view(P0, PartitionStatus.FAILED))
                        .at(8000, new LateHeartbeat(P1))
                        .build();
        assertThat(new DualPrimary().of(trace).percentile(100) / 1e6).isEqualTo(2000);
    }

    /// The suspicion at 2 s is right.
    @Test
    void betweenTwoMistakesThereMayBeSuspicionsThatAreNone() {
        var trace =
                new TraceBuilder()
                        .place(2)
                        .at(1000, suspected(P1, StatusReason.HEARTBEAT_MISS))
                        .at(1300, trusted(P1))
                        .at(1500, CRASH)
                        .at(2000, suspected(P1, StatusReason.HEARTBEAT_MISS))
                        .at(3000, new PartitionUp(P1), trusted(P1))
                        .at(4500, suspected(P1, StatusReason.HEARTBEAT_MISS))
                        .build();
        var recurrence = new MistakeRecurrence().of(trace);
        assertThat(recurrence.count()).isOne();
        assertThat(recurrence.percentile(100) / 1e6).isEqualTo(3500);
    }

    @Test
    void whatIsSettledWithinAnInstantIsNoDisagreement() {
        var trace =
                new TraceBuilder()
                        .at(0, new HandlerPlaced("A", N0), new HandlerPlaced("B", N1))
                        .by("A", 6000, view(P1, PartitionStatus.FAILED))
                        .by("B", 6000, view(P1, PartitionStatus.FAILED))
                        .by("B", 7000, view(P1, PartitionStatus.HEALTHY))
                        .by("A", 8000, view(P1, PartitionStatus.HEALTHY))
                        .by("A", 9000, view(P1, PartitionStatus.SUSPECTED))
                        .build();
        assertThat(new ViewDisagreement().of(trace)).isEqualTo(new Tally(2));
    }

    private static HealthSampled health(HealthLevel level) {
        return new HealthSampled(level, 5, 0, 0, 0);
    }

    private static Example one(Metric metric, Observation observation, double expected) {
        return new Example(metric, new TraceBuilder().at(50, observation).build(), expected);
    }

    private static Observation[] attempt(PartitionId partition, int attempt, boolean succeeded) {
        return new Observation[] {
            new PhaseEntered(partition, RecoveryPhase.DETECTING, attempt),
            new AttemptFinished(partition, attempt, succeeded, false)
        };
    }

    @ParameterizedTest
    @MethodSource("examples")
    void metricFindsWhatIsInTheTrace(Example example) {
        var expected = example.expected();
        switch (example.metric().of(example.trace())) {
            case Samples samples -> {
                assertThat(samples.count()).isEqualTo(expected.length);
                for (int i = 0; i < expected.length; i++) {
                    long nanos = samples.percentile(100.0 * (i + 1) / expected.length);
                    assertThat(nanos / 1e6).isEqualTo(expected[i]);
                }
            }
            case Tally(var count) -> assertThat((double) count).isEqualTo(expected[0]);
            case Most(var number) -> assertThat((double) number).isEqualTo(expected[0]);
            case Ratio ratio -> assertThat(ratio.share()).isEqualTo(expected[0]);
        }
    }

    @Test
    void everyMetricHasAnExample() {
        assertThat(examples().map(Example::metric).distinct())
                .containsExactlyInAnyOrderElementsOf(Metric.all());
    }

    @Test
    void namesAreUniqueAndDotted() {
        assertThat(Metric.all())
                .extracting(Metric::name)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-z]+(\\.[a-z]+)*"))
                .contains("suspicion.latency", "recovery.success.rate", "messages.dropped");
    }

    @Test
    void unknownNameIsAnsweredByTheKnownOnes() {
        assertThatThrownBy(() -> Metric.named("suspicion.latenzy"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("unknown metric 'suspicion.latenzy'; known: alerts, ");
    }

    @Test
    void nothingHappenedMeansNoSamplesAndNoCounts() {
        for (var measurement : Metric.measure(new TraceBuilder().build()).values()) {
            switch (measurement) {
                case Samples samples -> assertThat(samples.isEmpty()).isTrue();
                case Tally(var count) -> assertThat(count).isZero();
                case Most(var number) -> assertThat(number).isZero();
                case Ratio ratio -> assertThat(ratio).isEqualTo(new Ratio(0, 0));
            }
        }
    }

    @Test
    void latencyCountsFromTheFirstOfSeveralFaultsInForce() {
        var trace =
                new TraceBuilder()
                        .at(100, CRASH)
                        .at(900, new PartitionDown(P1, DownCause.CUT_OFF))
                        .at(2200, suspected(P1, StatusReason.HEARTBEAT_MISS))
                        .build();

        assertThat(new SuspicionLatency().of(trace).percentile(50)).isEqualTo(2_100_000_000L);
    }

    @Test
    void latencyCountsAnewWhenAPartitionOutOfReachWasRestored() {
        var trace =
                new TraceBuilder()
                        .at(100, new PartitionDown(P1, DownCause.CUT_OFF))
                        .at(2200, suspected(P1, StatusReason.HEARTBEAT_MISS))
                        .at(5200, failed(P1, StatusReason.HEARTBEAT_MISS))
                        .at(6000, healed(P1, StatusReason.RECOVERED))
                        .at(8100, suspected(P1, StatusReason.HEARTBEAT_MISS))
                        .build();

        assertThat(new SuspicionLatency().of(trace).value(Statistic.Plain.MIN))
                .isEqualTo(new SuspicionLatency().of(trace).value(Statistic.Plain.MAX))
                .hasValue(2.1e9);
    }

    @Test
    void suspicionAfterThePartitionCameBackIsAMistake() {
        var trace =
                new TraceBuilder()
                        .at(100, CRASH)
                        .at(2000, new PartitionUp(P1))
                        .at(2100, suspected(P1, StatusReason.HEARTBEAT_MISS))
                        .build();

        assertThat(new SuspicionLatency().of(trace).isEmpty()).isTrue();
        assertThat(new FalseSuspicions().of(trace)).isEqualTo(new Tally(1));
    }

    // Reports on P1 at 0 and 50; SUSPECTED 50, FAILED 550.
    @Test
    void scriptedReportsPlayTheFault() {
        var trace =
                new TraceBuilder()
                        .at(0, script("report"), report(1))
                        .at(50, script("report"), report(2))
                        .at(50, suspected(P1, StatusReason.BARRIER_TIMEOUT))
                        .at(550, failed(P1, StatusReason.CONFIRMED))
                        .build();

        assertThat(new SuspicionLatency().of(trace).percentile(50)).isEqualTo(50_000_000L);
        assertThat(new DetectionLatency().of(trace).percentile(50)).isEqualTo(550_000_000L);
        assertThat(new FalseSuspicions().of(trace)).isEqualTo(new Tally(0));
        assertThat(new FalseFailures().of(trace)).isEqualTo(new Tally(0));
    }

    // A report at 0, evidence at 200, reports at 400 and 600; SUSPECTED 600.
    @Test
    void streakCountsFromItsOwnFirstReport() {
        var trace =
                new TraceBuilder()
                        .at(0, script("report"), report(1))
                        .at(400, script("report"), report(1))
                        .at(600, script("report"), report(2))
                        .at(600, suspected(P1, StatusReason.BARRIER_TIMEOUT))
                        .build();

        assertThat(new SuspicionLatency().of(trace).percentile(50)).isEqualTo(200_000_000L);
    }

    @Test
    void scriptedArrivalsMakeTheReportsOfTheirRoundsScripted() {
        var trace =
                new TraceBuilder()
                        .at(0, script("arrive"))
                        .at(5000, report(1))
                        .at(5000, suspected(P1, StatusReason.BARRIER_TIMEOUT))
                        .build();

        assertThat(new SuspicionLatency().of(trace).count()).isEqualTo(1);
        assertThat(new FalseSuspicions().of(trace)).isEqualTo(new Tally(0));
    }

    @Test
    void reportsThatNobodyScriptedOfAPartitionThatIsUpAreAMistake() {
        var trace =
                new TraceBuilder()
                        .at(0, report(1))
                        .at(0, suspected(P1, StatusReason.BARRIER_TIMEOUT))
                        .build();

        assertThat(new SuspicionLatency().of(trace).isEmpty()).isTrue();
        assertThat(new FalseSuspicions().of(trace)).isEqualTo(new Tally(1));
    }

    @Test
    void partitionThatIsNeverRecoveredHasNoRecoveryLatency() {
        var trace =
                new TraceBuilder()
                        .at(0, CRASH, suspected(P1, StatusReason.HEARTBEAT_MISS))
                        .at(10, failed(P1, StatusReason.HEARTBEAT_MISS))
                        .build();

        assertThat(new RecoveryLatency().of(trace).isEmpty()).isTrue();
    }

    @Test
    void attemptThatFailsBeforeItsFirstPhaseCounts() {
        var trace =
                new TraceBuilder()
                        .at(0, new AttemptFinished(P0, 1, false, false))
                        .at(10, attempt(P0, 2, true))
                        .at(20, new PhaseEntered(P1, RecoveryPhase.DETECTING, 1))
                        .build();

        assertThat(new Attempts().of(trace)).isEqualTo(new Tally(3));
    }

    @Test
    void mergingIsTheSameInAnyOrder() {
        var parts = new ArrayList<Samples>();
        for (int part = 0; part < 5; part++) {
            var samples = new Samples();
            for (int i = 0; i < 700; i++) {
                samples.add((long) i * i * (part + 1) * 1000);
            }
            parts.add(samples);
        }
        var forwards = Measurement.merge(parts);
        var backwards = Measurement.merge(parts.reversed());
        for (var statistic : List.of("count", "min", "mean", "max", "p50", "p99.9")) {
            assertThat(forwards.value(Statistic.parse(statistic)))
                    .isEqualTo(backwards.value(Statistic.parse(statistic)))
                    .isPresent();
        }
        assertThat(Measurement.merge(List.of(new Ratio(1, 2), new Ratio(2, 2))))
                .isEqualTo(new Ratio(3, 4));
        assertThat(Measurement.merge(List.of(new Tally(1), new Tally(2)))).isEqualTo(new Tally(3));
        assertThat(Measurement.merge(List.of(new Most(1), new Most(2)))).isEqualTo(new Most(2));
    }

    private static ActionTaken script(String kind) {
        return new ActionTaken(0, kind, "P1");
    }

    private static Reported report(int consecutive) {
        return new Reported(P1, ReportKind.BARRIER_TIMEOUT, consecutive);
    }
}
