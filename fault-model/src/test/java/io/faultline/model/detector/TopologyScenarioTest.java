package io.faultline.model.detector;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.kernel.random.Exponential;
import io.faultline.model.Probability;
import io.faultline.model.Settings;
import io.faultline.model.TestRun;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.cluster.Topology;
import io.faultline.model.detector.watch.FullMesh;
import io.faultline.model.detector.watch.Ring;
import io.faultline.model.detector.watch.Tree;
import io.faultline.model.detector.watch.Watch;
import io.faultline.model.fault.Crash;
import io.faultline.model.fault.MessageLoss;
import io.faultline.model.fault.NetworkSplit;
import io.faultline.model.fault.Selector;
import io.faultline.model.network.MessageKind;
import io.faultline.model.observation.Observed.LateHeartbeat;
import io.faultline.model.observation.Observed.MessageDelivered;
import io.faultline.model.observation.Observed.MessageDropped;
import io.faultline.model.observation.Observed.StatusChanged;
import io.faultline.model.script.OperatorHeal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What partitions that watch each other find: heartbeats at multiples of 500 ms, checks at
/// multiples of 100 ms, suspicion beyond 2 s and failure beyond 5 s of silence.
class TopologyScenarioTest {

    private static TestRun run(Watch watch, int partitions, long latency) {
        return new TestRun(
                Settings.of(partitions)
                        .with(Settings.network(Settings.millis(latency), Probability.NEVER))
                        .withHeartbeats(watch));
    }

    private static Crash crash(int... ranks) {
        return new Crash(TestRun.partitions(ranks), Selector.NOBODY);
    }

    private static NetworkSplit cutOff(String node) {
        return new NetworkSplit(List.of(List.of(new NodeId(node))), false);
    }

    /// Heartbeats to a node are lost.
    private static MessageLoss deaf(String node) {
        return new MessageLoss(
                new Probability(1),
                List.of(MessageKind.HEARTBEAT),
                Selector.NOBODY,
                Selector.of(new NodeId(node)));
    }

    // A crash. The last heartbeat arrives at 1040, and a testimony takes another 40 ms.

    @Test
    void aRingFindsACrashOneMessageLaterThanTheCoordinatorWould() {
        var run = run(new Ring(3, 1), 6, 40).at(1200, crash(1)).until(10_000);
        assertThat(run.brief(StatusChanged.class))
                .containsExactly(
                        "3140 StatusChanged P1 HEALTHY SUSPECTED HEARTBEAT_MISS",
                        "6140 StatusChanged P1 SUSPECTED FAILED HEARTBEAT_MISS",
                        "6445 StatusChanged P1 FAILED HEALTHY RECOVERED");
    }

    @Test
    void aFullMeshFindsTheSameCrashAtTheSameTime() {
        var ring = run(new Ring(3, 1), 6, 40).at(1200, crash(1)).until(60_000);
        var mesh = run(new FullMesh(1), 6, 40).at(1200, crash(1)).until(60_000);
        assertThat(mesh.brief(StatusChanged.class)).isEqualTo(ring.brief(StatusChanged.class));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void aCrashThatAllSeeIsFoundWhateverNumberOfAccusersIsNeeded(int accusers) {
        var run = run(new Ring(3, accusers), 6, 40).at(1200, crash(1)).until(6200);
        assertThat(run.brief(StatusChanged.class))
                .containsExactly(
                        "3140 StatusChanged P1 HEALTHY SUSPECTED HEARTBEAT_MISS",
                        "6140 StatusChanged P1 SUSPECTED FAILED HEARTBEAT_MISS");
    }

    @Test
    void everyNeighbourHearsEveryHeartbeat() {
        var run = run(new Ring(2, 1), 5, 40).until(450);
        assertThat(run.brief(MessageDelivered.class))
                .contains("40 MessageDelivered HEARTBEAT n3 n4 40")
                .contains("40 MessageDelivered HEARTBEAT n3 n0 40")
                .hasSize(10);
    }

    /// The same node: no message, and no delay.
    @Test
    void aNeighbourOnTheSameNodeHearsAtOnce() {
        var settings =
                Settings.of(4)
                        .with(Settings.network(Settings.millis(40), Probability.NEVER))
                        .withHeartbeats(new Ring(1, 1))
                        .topology("nodes", Optional.of(2));
        var run = new TestRun(settings).until(450);
        assertThat(run.brief(MessageDelivered.class))
                .containsExactly(
                        "40 MessageDelivered HEARTBEAT n0 n1 40",
                        "40 MessageDelivered HEARTBEAT n1 n0 40");
    }

    @Test
    void aRecoveredPartitionIsWatchedAsBefore() {
        var run = run(new Ring(3, 1), 6, 40).at(1200, crash(1)).at(20_200, crash(1)).until(60_000);
        assertThat(run.brief(StatusChanged.class))
                .hasSize(6)
                .contains("22140 StatusChanged P1 HEALTHY SUSPECTED HEARTBEAT_MISS");
    }

    /// Watchers learn of the heal at 7040, and measure from then on.
    @Test
    void silenceIsMeasuredAfreshFromAnOperatorsHealOn() {
        var mute =
                new MessageLoss(
                        new Probability(1),
                        List.of(MessageKind.HEARTBEAT),
                        Selector.of(new NodeId("n1")),
                        Selector.NOBODY);
        var run =
                run(new Ring(1, 1), 2, 40)
                        .at(900, mute)
                        .at(7000, new OperatorHeal(new PartitionId(1)))
                        .until(9_200);
        assertThat(run.brief(StatusChanged.class))
                .endsWith(
                        "7000 StatusChanged P1 FAILED HEALTHY OPERATOR",
                        "9140 StatusChanged P1 HEALTHY SUSPECTED HEARTBEAT_MISS");
    }

    @Test
    void aReportIsAnsweredByTheWatchers() {
        var run = run(new Ring(2, 1), 5, 40).twoReports(1050, 1).until(5000);
        assertThat(run.brief(StatusChanged.class))
                .containsExactly(
                        "1050 StatusChanged P1 HEALTHY SUSPECTED BARRIER_TIMEOUT",
                        "1140 StatusChanged P1 SUSPECTED HEALTHY FALSE_ALARM");
    }

    @Test
    void aHeartbeatOfAPartitionThatItsWatcherGaveUpIsLate() {
        var run = run(new Ring(2, 2), 5, 40).during(900, 8100, deaf("n2")).until(20_000);
        assertThat(run.count(StatusChanged.class)).isZero();
        assertThat(run.brief(LateHeartbeat.class))
                .containsExactly("8540 LateHeartbeat P0", "8540 LateHeartbeat P1");
    }

    // How many accusers are needed.

    /// P2 hears nobody from 900 on; it watches P1 and P0.
    @Test
    void oneDeafWatcherIsEnoughIfOneAccuserIs() {
        var run = run(new Ring(2, 1), 5, 40).at(900, deaf("n2")).until(5900);
        assertThat(run.brief(StatusChanged.class))
                .containsExactly(
                        "2640 StatusChanged P0 HEALTHY SUSPECTED HEARTBEAT_MISS",
                        "2640 StatusChanged P1 HEALTHY SUSPECTED HEARTBEAT_MISS",
                        "5640 StatusChanged P0 SUSPECTED FAILED HEARTBEAT_MISS",
                        "5640 StatusChanged P1 SUSPECTED FAILED HEARTBEAT_MISS");
    }

    @Test
    void oneDeafWatcherIsIgnoredIfTwoAccusersAreNeeded() {
        for (var watch : List.of(new Ring(2, 2), new FullMesh(2))) {
            var run = run(watch, 5, 40).at(900, deaf("n2")).at(20_200, crash(1)).until(25_400);
            assertThat(run.brief(StatusChanged.class))
                    .containsExactly(
                            "22140 StatusChanged P1 HEALTHY SUSPECTED HEARTBEAT_MISS",
                            "25140 StatusChanged P1 SUSPECTED FAILED HEARTBEAT_MISS");
        }
    }

    // Watchers have the fate of their nodes.

    /// P2 alone watches P1, and crashes after it has accused it; P3 notices, and P1 stands accused
    /// by nobody. The recovery of P2 waits 5 s for P1 to pause. P2 is told to listen at 14405 and,
    /// since it has said that it started again, at 14445.
    @Test
    void aWatcherThatCrashesHasForgottenWhomItAccused() {
        var run = run(new Ring(1, 1), 7, 40).at(1200, crash(1)).at(4200, crash(2)).until(19_600);
        assertThat(run.brief(StatusChanged.class))
                .containsExactly(
                        "3140 StatusChanged P1 HEALTHY SUSPECTED HEARTBEAT_MISS",
                        "6140 StatusChanged P2 HEALTHY SUSPECTED HEARTBEAT_MISS",
                        "6140 StatusChanged P1 SUSPECTED HEALTHY FALSE_ALARM",
                        "9140 StatusChanged P2 SUSPECTED FAILED HEARTBEAT_MISS",
                        "14365 StatusChanged P2 FAILED HEALTHY RECOVERED",
                        "16540 StatusChanged P1 HEALTHY SUSPECTED HEARTBEAT_MISS",
                        "19540 StatusChanged P1 SUSPECTED FAILED HEARTBEAT_MISS");
    }

    /// P2 is down for so short a time that nobody suspects it. It is told to listen at 4380.
    @Test
    void aWatcherThatStartsAgainUnnoticedSaysSo() {
        var run =
                run(new Ring(1, 1), 7, 40)
                        .at(1200, crash(1))
                        .during(4200, 4300, crash(2))
                        .until(9500);
        assertThat(run.brief(StatusChanged.class))
                .containsExactly(
                        "3140 StatusChanged P1 HEALTHY SUSPECTED HEARTBEAT_MISS",
                        "4340 StatusChanged P1 SUSPECTED HEALTHY FALSE_ALARM",
                        "6440 StatusChanged P1 HEALTHY SUSPECTED HEARTBEAT_MISS",
                        "9440 StatusChanged P1 SUSPECTED FAILED HEARTBEAT_MISS");
    }

    @Test
    void silenceWhileAWatcherWasDownProvesNothing() {
        var run = run(new Ring(1, 1), 7, 40).during(1150, 2900, crash(2)).until(60_000);
        assertThat(run.count(StatusChanged.class)).isZero();
    }

    // Whoever is cut off.

    /// P4 finds everybody silent, and everybody finds P4 silent. What it said is on its way until
    /// the cut is mended.
    @ParameterizedTest
    @ValueSource(longs = {3900, 4300, 8000, 12_345, 20_000})
    void whatAWatcherSaidWhileItWasCutOffIsVoid(long mended) {
        for (var watch : List.of(new Ring(3, 1), new FullMesh(1))) {
            var run = run(watch, 7, 40).during(1200, mended, cutOff("n4")).until(60_000);
            assertThat(run.trace().all(StatusChanged.class))
                    .isNotEmpty()
                    .allMatch(changed -> changed.partition().rank() == 4);
            assertThat(run.trace().all(MessageDelivered.class))
                    .anyMatch(delivered ->
                            delivered.message() == MessageKind.TESTIMONY
                                    && delivered.from().equals(new NodeId("n4")));
            assertThat(run.brief(StatusChanged.class).getLast()).contains("HEALTHY");
        }
    }

    /// P4 reaches the coordinator and nobody else, so it is one of many who accuse, and of one who
    /// is accused by many.
    @Test
    void whoeverIsCutOffFromTheOthersOnlyIsBelievedIfOneAccuserIsEnough() {
        var apart =
                new MessageLoss(
                        new Probability(1),
                        List.of(MessageKind.HEARTBEAT),
                        Selector.NOBODY,
                        Selector.of(new NodeId("n4")));
        var one = run(new FullMesh(1), 7, 40).at(1200, apart).until(4000);
        var two = run(new FullMesh(2), 7, 40).at(1200, apart).until(60_000);
        assertThat(one.brief(StatusChanged.class)).hasSize(6);
        assertThat(two.count(StatusChanged.class)).isZero();
    }

    // The coordinator's node.

    @Test
    void afterACrashOfTheCoordinatorEverybodyMeasuresAfresh() {
        var run =
                run(new Ring(2, 1), 5, 40)
                        .at(1200, crash(1))
                        .during(3500, 8050, new Crash(List.of(), Selector.of(Topology.COORDINATOR)))
                        .until(13_200);
        assertThat(run.brief(StatusChanged.class))
                .containsExactly(
                        "3140 StatusChanged P1 HEALTHY SUSPECTED HEARTBEAT_MISS",
                        "8050 StatusChanged P1 SUSPECTED HEALTHY FALSE_ALARM",
                        "10140 StatusChanged P1 HEALTHY SUSPECTED HEARTBEAT_MISS",
                        "13140 StatusChanged P1 SUSPECTED FAILED HEARTBEAT_MISS");
    }

    // A tree.

    /// P3 watches P4 and P5; the coordinator watches P0, P3 and P6.
    @Test
    void inATreeAHeadIsFoundByTheCoordinatorAndAMemberByItsHead() {
        var head = run(new Tree(3), 9, 40).at(1200, crash(3)).until(6200);
        assertThat(head.brief(StatusChanged.class))
                .containsExactly(
                        "3100 StatusChanged P3 HEALTHY SUSPECTED HEARTBEAT_MISS",
                        "6100 StatusChanged P3 SUSPECTED FAILED HEARTBEAT_MISS");
        var member = run(new Tree(3), 9, 40).at(1200, crash(4)).until(6200);
        assertThat(member.brief(StatusChanged.class))
                .containsExactly(
                        "3140 StatusChanged P4 HEALTHY SUSPECTED HEARTBEAT_MISS",
                        "6140 StatusChanged P4 SUSPECTED FAILED HEARTBEAT_MISS");
    }

    /// The recovery of P3 waits 5 s for the others to pause. P3 is told to listen at 11365 and,
    /// since it has said that it started again, at 11405.
    @Test
    void aBlockThatIsLostWithItsHeadIsFoundWhenTheHeadHasRecovered() {
        var run = run(new Tree(3), 9, 40).at(1200, crash(3, 4, 5)).until(60_000);
        assertThat(run.brief(StatusChanged.class))
                .contains(
                        "11325 StatusChanged P3 FAILED HEALTHY RECOVERED",
                        "13540 StatusChanged P4 HEALTHY SUSPECTED HEARTBEAT_MISS",
                        "16540 StatusChanged P5 SUSPECTED FAILED HEARTBEAT_MISS");
        assertThat(statuses(run, 9)).containsOnly(PartitionStatus.HEALTHY);
    }

    private static List<PartitionStatus> statuses(TestRun run, int partitions) {
        var status = new PartitionStatus[partitions];
        Arrays.fill(status, PartitionStatus.HEALTHY);
        run.trace()
                .all(StatusChanged.class)
                .forEach(changed -> status[changed.partition().rank()] = changed.to());
        return List.of(status);
    }

    @Test
    void inATreeTheCoordinatorHearsFromHeadsOnly() {
        var run = run(new Tree(3), 9, 40).until(450);
        assertThat(run.trace().all(MessageDelivered.class))
                .filteredOn(delivered -> delivered.to().equals(Topology.COORDINATOR))
                .extracting(MessageDelivered::from)
                .containsExactly(new NodeId("n0"), new NodeId("n3"), new NodeId("n6"));
    }

    // Against chance.

    /// Testimonies and orders are lost, sent again, and overtake each other, and in the end the
    /// coordinator believes what is true.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void inTheEndEverybodyIsHealthy(long seed) {
        var protocol =
                new MessageLoss(new Probability(0.3), List.of(), Selector.NOBODY, Selector.NOBODY);
        for (var watch : List.of(new Ring(3, 1), new Ring(3, 2), new FullMesh(2), new Tree(3))) {
            var settings =
                    Settings.of(9)
                            .with(Settings.network(new Exponential(30e6), Probability.NEVER))
                            .withHeartbeats(watch)
                            .recovery("lockTimeout", Duration.ofMinutes(5));
            var run =
                    new TestRun(settings, seed)
                            .during(1000, 30_000, protocol)
                            .during(5000, 9000, cutOff("n2"))
                            .during(11_000, 18_000, cutOff("n7"))
                            .at(12_345, crash(5, 6))
                            .during(20_000, 20_300, crash(1))
                            .until(200_000);
            assertThat(run.count(MessageDropped.class)).isPositive();
            assertThat(statuses(run, 9)).as(watch.toString()).containsOnly(PartitionStatus.HEALTHY);
        }
    }
}
