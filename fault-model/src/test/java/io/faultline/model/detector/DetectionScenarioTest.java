package io.faultline.model.detector;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.kernel.Trace;
import io.faultline.kernel.random.Exponential;
import io.faultline.model.Probability;
import io.faultline.model.Settings;
import io.faultline.model.TestRun;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.cluster.Topology;
import io.faultline.model.fault.Crash;
import io.faultline.model.fault.MessageLoss;
import io.faultline.model.fault.NetworkSplit;
import io.faultline.model.fault.Selector;
import io.faultline.model.network.MessageKind;
import io.faultline.model.observation.Observed;
import io.faultline.model.observation.Observed.AttemptFinished;
import io.faultline.model.observation.Observed.LateHeartbeat;
import io.faultline.model.observation.Observed.MessageDelivered;
import io.faultline.model.observation.Observed.NodeRestarted;
import io.faultline.model.observation.Observed.PartitionDown;
import io.faultline.model.observation.Observed.PartitionUp;
import io.faultline.model.observation.Observed.Reported;
import io.faultline.model.observation.Observed.StatusChanged;
import io.faultline.model.script.OperatorHeal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// What heartbeats, and their absence, lead to: heartbeats at multiples of 500 ms, checks at
/// multiples of 100 ms, suspicion beyond 2 s and failure beyond 5 s of silence.
class DetectionScenarioTest {

    private static final NodeId N0 = new NodeId("n0");
    private static final NodeId N1 = new NodeId("n1");

    private static final Crash CRASH = new Crash(TestRun.partitions(1), Selector.NOBODY);

    private static Settings settings(int partitions, long latency) {
        return Settings.of(partitions)
                .with(Settings.network(Settings.millis(latency), Probability.NEVER))
                .withHeartbeats();
    }

    private static MessageLoss lossOf(MessageKind kind, NodeId from) {
        return new MessageLoss(
                new Probability(1), List.of(kind), Selector.of(from), Selector.NOBODY);
    }

    /// The last heartbeat leaves at 1000 and arrives at 1000 or 1040.
    @ParameterizedTest
    @CsvSource({"0", "40"})
    void aCrashIsSuspectedAndConfirmedAtTheFirstChecksBeyondTheLimits(long latency) {
        var run = new TestRun(settings(3, latency)).at(1200, CRASH).until(6200);
        assertThat(run.brief(StatusChanged.class, PartitionDown.class))
                .containsExactly(
                        "1200 PartitionDown P1 CRASHED",
                        "3100 StatusChanged P1 HEALTHY SUSPECTED HEARTBEAT_MISS",
                        "6100 StatusChanged P1 SUSPECTED FAILED HEARTBEAT_MISS");
    }

    @Test
    void aRecoveryRestartsTheNodeAndHeartbeatsGoOn() {
        var run = new TestRun(settings(3, 0)).at(1200, CRASH).until(60_000);
        assertThat(
                        run.brief(
                                StatusChanged.class,
                                PartitionUp.class,
                                NodeRestarted.class,
                                AttemptFinished.class))
                .containsExactly(
                        "3100 StatusChanged P1 HEALTHY SUSPECTED HEARTBEAT_MISS",
                        "6100 StatusChanged P1 SUSPECTED FAILED HEARTBEAT_MISS",
                        "6325 NodeRestarted n1 2",
                        "6325 PartitionUp P1",
                        "6325 AttemptFinished P1 1 true false",
                        "6325 StatusChanged P1 FAILED HEALTHY RECOVERED");
    }

    /// The last heartbeat before arrives at 500: suspicion 2100 after it, and the next heartbeat
    /// 2500 after it.
    @Test
    void fourLostHeartbeatsRaiseAFalseSuspicion() {
        var run =
                new TestRun(settings(3, 0))
                        .during(900, 2600, lossOf(MessageKind.HEARTBEAT, N1))
                        .until(60_000);
        assertThat(run.brief(StatusChanged.class))
                .containsExactly(
                        "2600 StatusChanged P1 HEALTHY SUSPECTED HEARTBEAT_MISS",
                        "3000 StatusChanged P1 SUSPECTED HEALTHY FALSE_ALARM");
    }

    /// The next heartbeat comes after exactly 2000 ms, which is not beyond them.
    @Test
    void threeLostHeartbeatsRaiseNone() {
        var run =
                new TestRun(settings(3, 0))
                        .during(900, 2100, lossOf(MessageKind.HEARTBEAT, N1))
                        .until(60_000);
        assertThat(run.count(StatusChanged.class)).isZero();
    }

    @Test
    void beingRegisteredCountsAsAHeartbeat() {
        var run = new TestRun(settings(3, 0)).at(0, CRASH).until(5200);
        assertThat(run.brief(StatusChanged.class))
                .containsExactly(
                        "2100 StatusChanged P1 HEALTHY SUSPECTED HEARTBEAT_MISS",
                        "5100 StatusChanged P1 SUSPECTED FAILED HEARTBEAT_MISS");
    }

    @Test
    void heartbeatsOfAFailedPartitionAreLateAndChangeNothing() {
        var run =
                new TestRun(settings(2, 0))
                        .during(900, 7100, lossOf(MessageKind.HEARTBEAT, N1))
                        .until(8_100);
        assertThat(run.brief(StatusChanged.class, LateHeartbeat.class))
                .containsExactly(
                        "2600 StatusChanged P1 HEALTHY SUSPECTED HEARTBEAT_MISS",
                        "5600 StatusChanged P1 SUSPECTED FAILED HEARTBEAT_MISS",
                        "7500 LateHeartbeat P1",
                        "8000 LateHeartbeat P1");
    }

    @Test
    void silenceIsMeasuredAnewFromARecoveryOn() {
        var run =
                new TestRun(settings(3, 0))
                        .at(900, lossOf(MessageKind.HEARTBEAT, N1))
                        .until(11_500);
        assertThat(run.brief(StatusChanged.class))
                .containsExactly(
                        "2600 StatusChanged P1 HEALTHY SUSPECTED HEARTBEAT_MISS",
                        "5600 StatusChanged P1 SUSPECTED FAILED HEARTBEAT_MISS",
                        "5825 StatusChanged P1 FAILED HEALTHY RECOVERED",
                        "7900 StatusChanged P1 HEALTHY SUSPECTED HEARTBEAT_MISS",
                        "10900 StatusChanged P1 SUSPECTED FAILED HEARTBEAT_MISS",
                        "11125 StatusChanged P1 FAILED HEALTHY RECOVERED");
    }

    @Test
    void silenceIsMeasuredAnewFromAnOperatorsHealOn() {
        var run =
                new TestRun(settings(2, 0))
                        .at(900, lossOf(MessageKind.HEARTBEAT, N1))
                        .at(7000, new OperatorHeal(TestRun.partitions(1).getFirst()))
                        .until(9_200);
        assertThat(run.brief(StatusChanged.class))
                .endsWith(
                        "7000 StatusChanged P1 FAILED HEALTHY OPERATOR",
                        "9100 StatusChanged P1 HEALTHY SUSPECTED HEARTBEAT_MISS");
    }

    /// The detector's word needs no confirmation time.
    @Test
    void theConfirmationTimeIsForReportsOnly() {
        var run =
                new TestRun(
                                settings(3, 0)
                                        .with(
                                                Settings.suspicion(
                                                        SuspicionPolicy.CONFIRMING,
                                                        Duration.ofHours(1))))
                        .at(1200, CRASH)
                        .until(6200);
        assertThat(run.brief(StatusChanged.class))
                .last()
                .isEqualTo("6100 StatusChanged P1 SUSPECTED FAILED HEARTBEAT_MISS");
    }

    /// P1 is alive: the next check says so, ends the suspicion and forgets the reports.
    @Test
    void aCheckClearsWhomOthersReport() {
        var run =
                new TestRun(settings(3, 0))
                        .twoReports(1050, 1)
                        .report(2050, 1)
                        .report(3050, 1)
                        .until(10_000);
        assertThat(run.brief(StatusChanged.class, Reported.class))
                .containsExactly(
                        "1050 Reported P1 BARRIER_TIMEOUT 1",
                        "1050 Reported P1 BARRIER_TIMEOUT 2",
                        "1050 StatusChanged P1 HEALTHY SUSPECTED BARRIER_TIMEOUT",
                        "1100 StatusChanged P1 SUSPECTED HEALTHY FALSE_ALARM",
                        "2050 Reported P1 BARRIER_TIMEOUT 1",
                        "3050 Reported P1 BARRIER_TIMEOUT 1");
    }

    /// A report at a check is looked at in that check, at time 0 as at any other.
    @ParameterizedTest
    @ValueSource(longs = {0, 100, 5000})
    void aCheckComesAfterTheReportsOfItsInstant(long at) {
        var run = new TestRun(settings(3, 0)).twoReports(at, 1).until(10_000);
        assertThat(run.brief(StatusChanged.class))
                .containsExactly(
                        at + " StatusChanged P1 HEALTHY SUSPECTED BARRIER_TIMEOUT",
                        at + " StatusChanged P1 SUSPECTED HEALTHY FALSE_ALARM");
    }

    /// Only heartbeats are lost; the barrier of all partitions still completes. Each round speaks
    /// for P1, and the next check says again that it is silent. Rounds end at multiples of 1030.
    @Test
    void evidenceFromElsewhereLastsUntilTheNextCheck() {
        var run =
                new TestRun(settings(3, 0).withBarrier(Settings.millis(1030)))
                        .at(900, lossOf(MessageKind.HEARTBEAT, N1))
                        .until(5500);
        assertThat(run.brief(StatusChanged.class))
                .containsExactly(
                        "2600 StatusChanged P1 HEALTHY SUSPECTED HEARTBEAT_MISS",
                        "3090 StatusChanged P1 SUSPECTED HEALTHY FALSE_ALARM",
                        "3100 StatusChanged P1 HEALTHY SUSPECTED HEARTBEAT_MISS",
                        "4120 StatusChanged P1 SUSPECTED HEALTHY FALSE_ALARM",
                        "4200 StatusChanged P1 HEALTHY SUSPECTED HEARTBEAT_MISS",
                        "5150 StatusChanged P1 SUSPECTED HEALTHY FALSE_ALARM",
                        "5200 StatusChanged P1 HEALTHY SUSPECTED HEARTBEAT_MISS");
    }

    @Test
    void whoeverIsCutOffIsSuspectedAlthoughUp() {
        var split = new NetworkSplit(List.of(List.of(N1)), false);
        var run = new TestRun(settings(3, 0)).during(1200, 4000, split).until(60_000);
        assertThat(run.brief(StatusChanged.class, PartitionDown.class, PartitionUp.class))
                .containsExactly(
                        "1200 PartitionDown P1 CUT_OFF",
                        "3100 StatusChanged P1 HEALTHY SUSPECTED HEARTBEAT_MISS",
                        "4000 PartitionUp P1",
                        "4000 StatusChanged P1 SUSPECTED HEALTHY FALSE_ALARM");
    }

    // The coordinator's own node.

    private static final Crash COORDINATOR_CRASH =
            new Crash(List.of(), Selector.of(Topology.COORDINATOR));

    @Test
    void silenceWhileNobodyListenedProvesNothing() {
        var run = new TestRun(settings(3, 0)).during(1150, 21_150, COORDINATOR_CRASH).until(60_000);
        assertThat(run.count(StatusChanged.class)).isZero();
    }

    /// Silence is measured from the restart at 21150 on, at checks as ever.
    @Test
    void whoeverCrashedWhileNobodyListenedIsFoundLater() {
        var run =
                new TestRun(settings(3, 0))
                        .during(1150, 21_150, COORDINATOR_CRASH)
                        .at(5000, CRASH)
                        .until(60_000);
        assertThat(run.brief(StatusChanged.class))
                .containsExactly(
                        "23200 StatusChanged P1 HEALTHY SUSPECTED HEARTBEAT_MISS",
                        "26200 StatusChanged P1 SUSPECTED FAILED HEARTBEAT_MISS",
                        "26425 StatusChanged P1 FAILED HEALTHY RECOVERED");
    }

    @Test
    void aSuspicionFromBeforeTheCrashIsLookedAtAtTheFirstCheckAfterIt() {
        var run =
                new TestRun(settings(3, 0))
                        .at(1200, CRASH)
                        .during(3500, 8050, COORDINATOR_CRASH)
                        .until(60_000);
        assertThat(run.brief(StatusChanged.class))
                .startsWith(
                        "3100 StatusChanged P1 HEALTHY SUSPECTED HEARTBEAT_MISS",
                        "8100 StatusChanged P1 SUSPECTED HEALTHY FALSE_ALARM",
                        "10100 StatusChanged P1 HEALTHY SUSPECTED HEARTBEAT_MISS");
    }

    // Against the obvious way of doing it.

    /// The monitor looks at few checks; a monitor that looked at every one would say the same. With
    /// one partition there is never a quorum, so a failure stands.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void verdictsAreThoseOfAMonitorThatLooksAtEveryCheck(long seed) {
        long check = 30 + 10 * seed;
        var detector =
                new HeartbeatTimeout(
                        Duration.ofMillis(100),
                        Duration.ofMillis(250),
                        Duration.ofMillis(1500),
                        Duration.ofMillis(check));
        var settings =
                Settings.of(1)
                        .with(detector)
                        .with(Settings.network(new Exponential(60e6), new Probability(0.6)));
        var run = new TestRun(settings, seed).until(60_000);
        var expected = verdictsAtEveryCheck(run.trace(), detector, 60_000);
        assertThat(expected.size()).isGreaterThan(10);
        assertThat(
                        run.trace().stream()
                                .filter(e -> e.what() instanceof StatusChanged)
                                .map(e ->
                                        e.time().nanos() / 1_000_000
                                                + " "
                                                + ((StatusChanged) e.what()).to())
                                .toList())
                .isEqualTo(expected);
    }

    private static List<String> verdictsAtEveryCheck(
            Trace trace, HeartbeatTimeout detector, long end) {
        var arrivals = new TreeMap<Long, Observed>();
        trace.stream()
                .filter(e -> e.what() instanceof MessageDelivered)
                .forEach(e -> arrivals.put(e.time().nanos(), (Observed) e.what()));
        var verdicts = new ArrayList<String>();
        var status = PartitionStatus.HEALTHY;
        long period = detector.check().toMillis();
        for (long at = 0; at <= end && status != PartitionStatus.FAILED; at += period) {
            var heard = arrivals.floorKey(at * 1_000_000);
            var silence = Duration.ofNanos(at * 1_000_000 - (heard == null ? 0 : heard));
            var now =
                    silence.compareTo(detector.failure()) > 0
                            ? PartitionStatus.FAILED
                            : silence.compareTo(detector.suspect()) > 0
                                    ? PartitionStatus.SUSPECTED
                                    : PartitionStatus.HEALTHY;
            if (now == PartitionStatus.FAILED && status == PartitionStatus.HEALTHY) {
                verdicts.add(at + " SUSPECTED");
            }
            if (now != status) {
                verdicts.add(at + " " + now);
                status = now;
            }
        }
        return verdicts;
    }

    /// P0 is as far from the coordinator as P1, but it is up.
    @Test
    void oneSilenceSaysNothingOfAnother() {
        var run = new TestRun(settings(3, 40)).at(1200, CRASH).until(60_000);
        assertThat(run.trace().all(StatusChanged.class))
                .allMatch(changed -> changed.partition().rank() == 1);
        assertThat(run.trace().all(MessageDelivered.class))
                .anyMatch(delivered -> delivered.from().equals(N0));
    }
}
