package io.faultline.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.faultline.kernel.random.Constant;
import io.faultline.kernel.random.Distribution;
import io.faultline.kernel.random.Exponential;
import io.faultline.kernel.random.Uniform;
import io.faultline.model.ModelSettings;
import io.faultline.model.Probability;
import io.faultline.model.Settings;
import io.faultline.model.TestRun;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.Topology;
import io.faultline.model.detector.HeartbeatTimeout;
import io.faultline.model.detector.SuspicionPolicy;
import io.faultline.model.fault.Crash;
import io.faultline.model.fault.MessageLoss;
import io.faultline.model.fault.NetworkSplit;
import io.faultline.model.observation.Observed.MessageDelivered;
import io.faultline.model.observation.Observed.MessageDropped;
import io.faultline.model.observation.Observed.OperationCompleted;
import io.faultline.model.observation.Observed.OperationRejected;
import io.faultline.model.observation.Observed.PauseTimedOut;
import io.faultline.model.observation.Observed.Quiesced;
import io.faultline.model.script.Arrive;
import io.faultline.model.script.Operation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How long messages take, which of them are lost, and which are sent again.
class NetworkTest {

    private static final NodeId N0 = new NodeId("n0");
    private static final NodeId N1 = new NodeId("n1");

    private static Settings heartbeats(Distribution latency, double loss) {
        return Settings.of(3)
                .withHeartbeats()
                .with(Settings.network(latency, new Probability(loss)));
    }

    private static List<String> traffic(TestRun run, NodeId from) {
        return run.brief(
                o ->
                        o instanceof MessageDelivered in && in.from().equals(from)
                                || o instanceof MessageDropped out && out.from().equals(from));
    }

    // Latency.

    @Test
    void aConstantLatencyIsThatOfEveryMessage() {
        var run = new TestRun(heartbeats(Settings.millis(40), 0)).until(10_000);
        assertThat(run.trace().all(MessageDelivered.class))
                .hasSize(3 * 20)
                .allMatch(message -> message.delay().equals(Duration.ofMillis(40)));
    }

    @Test
    void aDistributedLatencyLiesWithinItsBounds() {
        var run = new TestRun(heartbeats(new Uniform(10e6, 30e6), 0)).until(200_000);
        var delays =
                run.trace().all(MessageDelivered.class).mapToLong(m -> m.delay().toNanos());
        var summary = delays.summaryStatistics();
        assertThat(summary.getCount()).isEqualTo(3 * 400);
        assertThat(summary.getMin()).isBetween(10_000_000L, 10_200_000L);
        assertThat(summary.getMax()).isBetween(29_800_000L, 30_000_000L);
    }

    @Test
    void jitterIsAddedToTheLatency() {
        var network =
                new NetworkSettings(
                        Settings.millis(40),
                        Map.of(),
                        new Uniform(1e6, 2e6),
                        Probability.NEVER,
                        Duration.ofMillis(200));
        var run = new TestRun(Settings.of(3).withHeartbeats().with(network)).until(10_000);
        assertThat(run.trace().all(MessageDelivered.class))
                .allMatch(m -> m.delay().toNanos() >= 41e6 && m.delay().toNanos() <= 42e6)
                .extracting(MessageDelivered::delay)
                .doesNotHaveDuplicates();
    }

    /// Dallas to Frankfurt is given, the way back is not; within a region nothing is given.
    @ParameterizedTest
    @CsvSource({"dallas, frankfurt", "frankfurt, dallas"})
    void halfOfARoundTripIsTheLatencyOfOneWayInBothDirections(String row, String column) {
        var network =
                new NetworkSettings(
                        Settings.millis(1),
                        Map.of(row, Map.of(column, Duration.ofMillis(123))),
                        new Constant(0),
                        Probability.NEVER,
                        Duration.ofMillis(200));
        var topology =
                new Topology(
                        2,
                        Optional.empty(),
                        1000,
                        List.of("dallas", "frankfurt"),
                        Optional.of("dallas"),
                        network,
                        new Constant(0));
        var protocol = Settings.of(2).withScriptedBarrier().protocol();
        var settings = new ModelSettings(topology, protocol, Optional.empty(), true);
        var run =
                new TestRun(settings, 1).at(0, new Arrive(TestRun.partitions(0, 1))).until(1000);
        assertThat(
                        run.trace()
                                .all(MessageDelivered.class)
                                .map(m -> m.from() + "-" + m.to() + " " + m.delay().toNanos() / 1e6))
                .containsExactly(
                        "n0-coordinator 1.0",
                        "n1-coordinator 61.5",
                        "coordinator-n0 1.0",
                        "coordinator-n1 61.5");
    }

    // Loss.

    /// 20 000 heartbeats, each lost with probability 0.1. The standard error is 0.0021, and four of
    /// them are allowed; a link that lost 12 % would be found out.
    @Test
    void aLinkLosesTheShareOfMessagesThatItSays() {
        assertThat(shareLost(0.1)).isCloseTo(0.1, within(0.0085));
        assertThat(shareLost(0.12)).isNotCloseTo(0.1, within(0.0085));
    }

    private static double shareLost(double loss) {
        var detector =
                new HeartbeatTimeout(
                        Duration.ofMillis(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(5),
                        Duration.ofMillis(100));
        var settings =
                Settings.of(1)
                        .with(detector)
                        .with(Settings.network(Settings.millis(0), new Probability(loss)));
        var run = new TestRun(settings).until(19_999);
        double lost = run.count(MessageDropped.class);
        assertThat(lost + run.count(MessageDelivered.class)).isEqualTo(20_000);
        return lost / 20_000;
    }

    @Test
    void trafficOnOneLinkDoesNotChangeWhatHappensOnAnother() {
        var settings = heartbeats(new Exponential(30e6), 0.3).withScriptedBarrier();
        var busy = new TestRun(settings);
        for (int at = 10; at < 4000; at += 10) {
            busy.at(at, new Arrive(TestRun.partitions(0)));
        }
        busy.until(4000);
        var quiet = new TestRun(settings).until(4000);
        assertThat(traffic(busy, N0)).isNotEqualTo(traffic(quiet, N0));
        assertThat(traffic(busy, N1)).isEqualTo(traffic(quiet, N1));
    }

    // Cuts. A heartbeat leaves n1 at 1000 and would arrive at 1040.

    @ParameterizedTest
    @CsvSource({
        "990, 1010, 1000 MessageDropped HEARTBEAT n1 coordinator SPLIT",
        "1000, 1001, 1000 MessageDropped HEARTBEAT n1 coordinator SPLIT",
        "1010, 1030, 1040 MessageDelivered HEARTBEAT n1 coordinator 40",
        "1030, 1050, 1040 MessageDropped HEARTBEAT n1 coordinator SPLIT",
        "1040, 1041, 1040 MessageDropped HEARTBEAT n1 coordinator SPLIT",
        "1030, 1040, 1040 MessageDelivered HEARTBEAT n1 coordinator 40",
        "990, 1000, 1040 MessageDelivered HEARTBEAT n1 coordinator 40"
    })
    void aMessageIsLostIfItsEndsAreSeparatedWhenItIsSentOrWhenItWouldArrive(
            long from, long to, String expected) {
        var run =
                new TestRun(heartbeats(Settings.millis(40), 0))
                        .during(from, to, new NetworkSplit(List.of(List.of(N1))))
                        .until(1100);
        assertThat(traffic(run, N1))
                .containsExactly(
                        "40 MessageDelivered HEARTBEAT n1 coordinator 40",
                        "540 MessageDelivered HEARTBEAT n1 coordinator 40",
                        expected);
    }

    // Channels. P1 fails at 0; the others are asked to pause.

    private static TestRun failure(Settings settings) {
        return new TestRun(
                        settings.with(
                                Settings.suspicion(SuspicionPolicy.COUNTING, Duration.ZERO)))
                .twoReports(0, 1);
    }

    private static MessageLoss lossOf(MessageKind kind) {
        return new MessageLoss(new Probability(1), List.of(kind), List.of(), List.of());
    }

    /// Sent at 0, 200, 600 and 1400, as the wait doubles each time.
    @ParameterizedTest
    @CsvSource({"1, 200", "200, 200", "201, 600", "600, 600", "601, 1400"})
    void aLostMessageOfAReliableChannelIsSentAgainAfterEverLongerWaits(long until, long arrives) {
        var run =
                failure(Settings.of(3))
                        .during(0, until, lossOf(MessageKind.PAUSE))
                        .until(10_000);
        assertThat(run.brief(Quiesced.class)).containsExactly(arrives + " Quiesced " + arrives);
        assertThat(
                        run.brief(
                                o ->
                                        o instanceof MessageDelivered m
                                                && m.message() == MessageKind.PAUSE))
                .containsExactly(
                        arrives + " MessageDelivered PAUSE coordinator n0 0",
                        arrives + " MessageDelivered PAUSE coordinator n2 0");
    }

    @Test
    void aMessageThatASplitHeldUpArrivesAfterIt() {
        var run =
                failure(Settings.of(3))
                        .during(0, 500, new NetworkSplit(List.of(List.of(N0))))
                        .until(10_000);
        assertThat(run.brief(Quiesced.class)).containsExactly("600 Quiesced 600");
    }

    @Test
    void aLostHeartbeatIsNotSentAgain() {
        var run =
                new TestRun(heartbeats(Settings.millis(0), 0))
                        .during(900, 1100, lossOf(MessageKind.HEARTBEAT))
                        .until(1499);
        assertThat(traffic(run, N1))
                .containsExactly(
                        "0 MessageDelivered HEARTBEAT n1 coordinator 0",
                        "500 MessageDelivered HEARTBEAT n1 coordinator 0",
                        "1000 MessageDropped HEARTBEAT n1 coordinator LOSS");
    }

    @Test
    void aReliableChannelEndsWithTheCrashOfTheReceiver() {
        var run =
                failure(Settings.of(3))
                        .during(0, 100, lossOf(MessageKind.PAUSE))
                        .during(50, 60, new Crash(List.of(), List.of(N0)))
                        .until(5100);
        assertThat(run.trace().all(MessageDelivered.class))
                .noneMatch(m -> m.message() == MessageKind.PAUSE && m.to().equals(N0));
        assertThat(run.brief(PauseTimedOut.class)).containsExactly("5000 PauseTimedOut 1");
    }

    /// n0's answer to the pause is lost, and with n0 everything that it meant to send again.
    @Test
    void aReliableChannelEndsWithTheCrashOfTheSender() {
        var run =
                failure(Settings.of(3))
                        .during(0, 100, lossOf(MessageKind.QUIESCED))
                        .during(50, 60, new Crash(List.of(), List.of(N0)))
                        .until(5100);
        assertThat(run.trace().all(MessageDelivered.class))
                .noneMatch(m -> m.message() == MessageKind.QUIESCED && m.from().equals(N0));
        assertThat(run.brief(PauseTimedOut.class)).containsExactly("5000 PauseTimedOut 1");
    }

    /// The end of the pause, at 225, does not reach P0; it would be sent again at 425, when the
    /// coordinator is down, and is when that is up again.
    @Test
    void aDurableSenderGoesOnWhenItIsUpAgain() {
        var run =
                failure(Settings.of(3))
                        .during(200, 900, new NetworkSplit(List.of(List.of(N0))))
                        .during(300, 1000, new Crash(List.of(), List.of(Topology.COORDINATOR)))
                        .at(950, operation())
                        .at(1100, operation())
                        .until(5000);
        assertThat(run.brief(OperationRejected.class, OperationCompleted.class))
                .containsExactly("950 OperationRejected P0", "1101 OperationCompleted P0 1");
    }

    private static Operation operation() {
        return new Operation(new PartitionId(0), Duration.ofMillis(1));
    }

    @Test
    void withoutObservationOfMessagesNoneIsObserved() {
        var settings = heartbeats(Settings.millis(40), 0.1);
        var silent =
                new ModelSettings(
                        settings.topology(), settings.protocol(), Optional.empty(), false);
        var run = new TestRun(silent, 1).until(10_000);
        assertThat(run.count(MessageDelivered.class)).isZero();
        assertThat(run.count(MessageDropped.class)).isZero();
        var loud = new TestRun(settings).until(10_000);
        assertThat(run.simulation().eventHash()).isEqualTo(loud.simulation().eventHash());
    }

    @Test
    void aChannelThatWouldSendAgainAtOnceIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new NetworkSettings(
                                        new Constant(0),
                                        Map.of(),
                                        new Constant(0),
                                        Probability.NEVER,
                                        Duration.ZERO))
                .withMessage("retransmit must be longer than 0");
    }
}
