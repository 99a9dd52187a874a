package io.faultline.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.faultline.kernel.random.Distribution;
import io.faultline.kernel.random.Exponential;
import io.faultline.kernel.random.Uniform;
import io.faultline.model.Changed;
import io.faultline.model.ModelSettings;
import io.faultline.model.Probability;
import io.faultline.model.Settings;
import io.faultline.model.TestRun;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.fault.Crash;
import io.faultline.model.fault.MessageLoss;
import io.faultline.model.fault.NetworkSplit;
import io.faultline.model.fault.Selector;
import io.faultline.model.observation.Observed.MessageDelivered;
import io.faultline.model.observation.Observed.MessageDropped;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What becomes of messages on their way. Unless a test says otherwise nobody sends anything but
/// the test itself.
class NetworkTest {

    private static final NodeId N0 = new NodeId("n0");
    private static final NodeId N1 = new NodeId("n1");

    private static TestRun system(Distribution latency, double loss) {
        return new TestRun(Settings.of(3).with(Settings.network(latency, new Probability(loss))));
    }

    /// Sends a message of a reliable kind that nobody acts upon, once the run has come to its time.
    private static void send(TestRun run, long millis, int from, int to) {
        run.until(millis);
        var world = run.world();
        var receiver = world.partition(new PartitionId(to));
        run.simulation()
                .within(() ->
                        world.network()
                                .send(
                                        world.partition(new PartitionId(from)).host(),
                                        receiver,
                                        new Message.Resume(receiver.id(), 0)));
    }

    private static List<Duration> delays(TestRun run) {
        return run.trace().all(MessageDelivered.class).map(MessageDelivered::delay).toList();
    }

    private static List<String> fates(TestRun run) {
        return run.brief(MessageDelivered.class, MessageDropped.class);
    }

    /// Without what a partition and the coordinator say to each other after a restart.
    private static List<String> fatesBetweenPartitions(TestRun run) {
        return fates(run).stream().filter(line -> !line.contains(" coordinator ")).toList();
    }

    private static MessageLoss everythingFromN0() {
        return new MessageLoss(new Probability(1), List.of(), Selector.of(N0), Selector.NOBODY);
    }

    private static NetworkSplit cut() {
        return new NetworkSplit(List.of(List.of(N1)), false);
    }

    private static Crash crashOf(NodeId node) {
        return new Crash(List.of(), Selector.of(node));
    }

    @Test
    void aConstantLatencyIsThatOfEveryMessage() {
        var run = system(Settings.millis(40), 0);
        send(run, 0, 0, 1);
        send(run, 7, 2, 1);
        run.until(1000);
        assertThat(fates(run))
                .containsExactly(
                        "40 MessageDelivered RESUME n0 n1 40",
                        "47 MessageDelivered RESUME n2 n1 40");
    }

    @Test
    void aDrawnLatencyStaysWithinTheBoundsOfItsDistributionAndFillsThem() {
        var run = system(new Uniform(10e6, 20e6), 0);
        for (int i = 0; i < 1000; i++) {
            send(run, i, 0, 1);
        }
        run.until(5000);
        assertThat(delays(run))
                .hasSize(1000)
                .allMatch(d -> d.toNanos() >= 10_000_000 && d.toNanos() <= 20_000_000)
                .anyMatch(d -> d.toNanos() < 10_500_000)
                .anyMatch(d -> d.toNanos() > 19_500_000);
    }

    @Test
    void jitterIsAddedToTheLatency() {
        var settings =
                Changed.in(
                        Settings.of(1).topology().network(),
                        "latency",
                        Settings.millis(40),
                        "jitter",
                        new Uniform(0, 5e6));
        var run = new TestRun(Settings.of(3).with(settings));
        for (int i = 0; i < 200; i++) {
            send(run, i, 0, 1);
        }
        run.until(5000);
        assertThat(delays(run))
                .hasSize(200)
                .allMatch(d -> d.toNanos() >= 40_000_000 && d.toNanos() <= 45_000_000)
                .anyMatch(d -> d.toNanos() > 44_000_000);
    }

    @Test
    void aMessageOfANodeToItselfTakesNoTimeAndIsNeverLost() {
        var run = system(Settings.millis(40), 1);
        send(run, 0, 1, 1);
        run.until(1000);
        assertThat(fates(run)).isEmpty(); // not observed, and above all not dropped
    }

    /// 80 ms there and back; east and west are two nodes each.
    @ParameterizedTest
    @CsvSource({"east, west", "west, east"})
    void oneWayIsHalfOfTheRoundTripWhicheverWayRoundThatIsGiven(String row, String column) {
        var run = regions(Map.of(row, Map.of(column, Duration.ofMillis(80))));
        send(run, 0, 0, 2);
        send(run, 100, 2, 0);
        run.until(1000);
        assertThat(fates(run))
                .containsExactly(
                        "40 MessageDelivered RESUME n0 n2 40",
                        "140 MessageDelivered RESUME n2 n0 40");
    }

    @Test
    void aPairGivenBothWaysHasTwoLatencies() {
        var run =
                regions(
                        Map.of(
                                "east", Map.of("west", Duration.ofMillis(80)),
                                "west", Map.of("east", Duration.ofMillis(60))));
        send(run, 0, 0, 2);
        send(run, 100, 2, 0);
        run.until(1000);
        assertThat(delays(run)).containsExactly(Duration.ofMillis(40), Duration.ofMillis(30));
    }

    @Test
    void nodesWhoseRegionsSayNothingHaveTheCommonLatency() {
        var run = regions(Map.of("east", Map.of("west", Duration.ofMillis(80))));
        send(run, 0, 0, 1);
        run.until(1000);
        assertThat(delays(run)).containsExactly(Duration.ofMillis(3));
    }

    private static TestRun regions(Map<String, Map<String, Duration>> roundTrips) {
        var network =
                Changed.in(
                        Settings.of(1).topology().network(),
                        "latency",
                        Settings.millis(3),
                        "roundTrips",
                        roundTrips);
        var topology =
                Changed.in(
                        Settings.of(1).topology(),
                        "partitions",
                        4,
                        "regions",
                        List.of("east", "west"),
                        "network",
                        network);
        return new TestRun(
                new ModelSettings(topology, Settings.of(4).protocol(), Optional.empty(), true), 1);
    }

    /// 10,000 heartbeats; the tolerance is four standard deviations of a binomial share, 4 √(0.1 ·
    /// 0.9 / 10,000) = 0.012. Half as much loss again is told apart.
    @Test
    void theShareOfLostMessagesIsThatOfTheSettings() {
        assertThat(shareOfLostHeartbeats(0.1)).isCloseTo(0.1, within(0.012));
        assertThat(shareOfLostHeartbeats(0.15)).isNotCloseTo(0.1, within(0.012));
    }

    private static double shareOfLostHeartbeats(double loss) {
        var run =
                new TestRun(
                        Settings.of(1)
                                .with(Settings.network(Settings.millis(0), new Probability(loss)))
                                .withHeartbeats());
        run.until(4_999_999);
        long arrived =
                run.trace()
                        .all(MessageDelivered.class)
                        .filter(m -> m.message() == MessageKind.HEARTBEAT)
                        .count();
        long lost =
                run.trace()
                        .all(MessageDropped.class)
                        .filter(m -> m.message() == MessageKind.HEARTBEAT)
                        .count();
        assertThat(arrived + lost).isEqualTo(10_000);
        return (double) lost / (arrived + lost);
    }

    /// Sent at 60, due at 160.
    @ParameterizedTest
    @CsvSource({"50, 100, 60", "60, 61, 60", "100, 200, 160", "160, 161, 160"})
    void aCutWhenAMessageIsSentOrArrivesLosesIt(long from, long to, long lost) {
        var run = system(Settings.millis(100), 0).during(from, to, cut());
        send(run, 60, 0, 1);
        run.until(lost + 199);
        assertThat(fates(run)).containsExactly(lost + " MessageDropped RESUME n0 n1 SPLIT");
    }

    /// Sent at 60, due at 160; heals come before messages of the same instant.
    @ParameterizedTest
    @CsvSource({"61, 159", "100, 160", "10, 60", "161, 200"})
    void aCutBeforeBetweenOrAfterDoesNot(long from, long to) {
        var run = system(Settings.millis(100), 0).during(from, to, cut());
        send(run, 60, 0, 1);
        run.until(1000);
        assertThat(fates(run)).containsExactly("160 MessageDelivered RESUME n0 n1 100");
    }

    @Test
    void aCutThatDoesNotSeparateTheTwoIsNotNoticed() {
        var run = system(Settings.millis(100), 0).during(0, 1000, cut());
        send(run, 60, 0, 2);
        run.until(1000);
        assertThat(fates(run)).containsExactly("160 MessageDelivered RESUME n0 n2 100");
    }

    @Test
    void aLostReliableMessageIsSentAgainAfterTwiceAsLongEachTime() {
        var run = system(Settings.millis(0), 0).during(0, 1500, everythingFromN0());
        send(run, 0, 0, 1);
        run.until(60_000);
        assertThat(fates(run))
                .containsExactly(
                        "0 MessageDropped RESUME n0 n1 LOSS",
                        "200 MessageDropped RESUME n0 n1 LOSS",
                        "600 MessageDropped RESUME n0 n1 LOSS",
                        "1400 MessageDropped RESUME n0 n1 LOSS",
                        "3000 MessageDelivered RESUME n0 n1 0");
    }

    /// 200 ms · 2⁶ = 12.8 s.
    @Test
    void theWaitStopsGrowingAfterSixDoublings() {
        var run = system(Settings.millis(0), 0).during(0, 60_000, everythingFromN0());
        send(run, 0, 0, 1);
        run.until(200_000);
        assertThat(fates(run))
                .map(line -> Integer.valueOf(line.substring(0, line.indexOf(' '))))
                .containsExactly(
                        0, 200, 600, 1400, 3000, 6200, 12_600, 25_400, 38_200, 51_000, 63_800);
    }

    @Test
    void aHeartbeatIsNotSentAgain() {
        var run =
                new TestRun(Settings.of(1).withHeartbeats())
                        .during(400, 600, everythingFromN0())
                        .until(1600);
        assertThat(fates(run))
                .containsExactly(
                        "0 MessageDelivered HEARTBEAT n0 coordinator 0",
                        "500 MessageDropped HEARTBEAT n0 coordinator LOSS",
                        "1000 MessageDelivered HEARTBEAT n0 coordinator 0",
                        "1500 MessageDelivered HEARTBEAT n0 coordinator 0");
    }

    @Test
    void aReliableChannelEndsWhenTheReceiverCrashes() {
        var run =
                system(Settings.millis(0), 0)
                        .during(0, 100, everythingFromN0())
                        .during(110, 120, crashOf(N1));
        send(run, 0, 0, 1);
        run.until(60_000);
        assertThat(fatesBetweenPartitions(run))
                .containsExactly("0 MessageDropped RESUME n0 n1 LOSS");
    }

    @Test
    void aReliableChannelEndsWhenTheSenderIsDownAsItWouldSendAgain() {
        var run =
                system(Settings.millis(0), 0)
                        .during(0, 100, everythingFromN0())
                        .during(110, 300, crashOf(N0));
        send(run, 0, 0, 1);
        run.until(60_000);
        assertThat(fatesBetweenPartitions(run))
                .containsExactly("0 MessageDropped RESUME n0 n1 LOSS");
    }

    @Test
    void aMessageThatFindsItsReceiverDownIsGone() {
        var run = system(Settings.millis(100), 0).during(50, 150, crashOf(N1));
        send(run, 0, 0, 1);
        run.until(60_000);
        assertThat(fatesBetweenPartitions(run))
                .containsExactly("100 MessageDropped RESUME n0 n1 RECEIVER_DOWN");
    }

    /// Without other traffic, with as much and with seven times as much on each of three other
    /// links.
    @Test
    void trafficOnOneLinkDoesNotChangeTheChancesOfAnother() {
        var alone = fromN0ToN1(0);
        assertThat(alone).hasSizeGreaterThan(200).anyMatch(line -> line.contains("LOSS"));
        assertThat(fromN0ToN1(1)).isEqualTo(alone);
        assertThat(fromN0ToN1(7)).isEqualTo(alone);
    }

    @Test
    void oneMoreMessageOnTheSameLinkDoes() {
        var run = system(new Exponential(50e6), 0.2);
        send(run, 0, 0, 1);
        assertThat(fromN0ToN1(run, 0)).isNotEqualTo(fromN0ToN1(0));
    }

    private static List<String> fromN0ToN1(int others) {
        return fromN0ToN1(system(new Exponential(50e6), 0.2), others);
    }

    private static List<String> fromN0ToN1(TestRun run, int others) {
        for (int i = 1; i <= 200; i++) {
            for (int j = 0; j < others; j++) {
                send(run, i * 10L, 1, 0);
                send(run, i * 10L, 0, 2);
                send(run, i * 10L, 2, 1);
            }
            send(run, i * 10L, 0, 1);
        }
        run.until(120_000);
        return fates(run).stream().filter(line -> line.contains(" n0 n1 ")).toList();
    }
}
