package io.faultline.model.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.kernel.random.RandomStreams;
import io.faultline.kernel.random.Uniform;
import io.faultline.model.Bandwidth;
import io.faultline.model.Bytes;
import io.faultline.model.Probability;
import io.faultline.model.Settings;
import io.faultline.model.TestRun;
import io.faultline.model.balancer.BalancerSettings;
import io.faultline.model.balancer.Exchange;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.detector.HeartbeatTimeout;
import io.faultline.model.detector.SuspicionPolicy;
import io.faultline.model.fault.Crash;
import io.faultline.model.fault.MessageLoss;
import io.faultline.model.fault.Selector;
import io.faultline.model.network.MessageKind;
import io.faultline.model.observation.Observed.AttemptFinished;
import io.faultline.model.observation.Observed.EntitiesMoved;
import io.faultline.model.observation.Observed.MessageDelivered;
import io.faultline.model.observation.Observed.PhaseEntered;
import io.faultline.model.observation.Observed.StatusChanged;
import io.faultline.model.observation.Observed.TransferCompleted;
import io.faultline.model.observation.Observed.TransferRerouted;
import io.faultline.model.quorum.Fixed;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Entities on their way from node to node. Of four partitions with 1000 entities each, P1 crashes
/// and fails at 0. An entity needs 1 ms to leave a node, and the receiver works 2 ms on it.
class TransferTest {

    private static final TransferSettings COSTS = costs(1000, 2, 100);

    private static TransferSettings costs(long entitiesPerSecond, long ingestMillis, int batch) {
        return new TransferSettings(
                new Bytes(1000),
                new Bandwidth(new Bytes(1000 * entitiesPerSecond)),
                Duration.ofMillis(ingestMillis),
                batch);
    }

    private static Settings settings(Object... changes) {
        return Settings.of(4).suspicion("policy", SuspicionPolicy.COUNTING).recovery(changes);
    }

    private static TestRun p1Fails(Settings settings) {
        return new TestRun(settings).at(0, crash(1)).twoReports(0, 1);
    }

    private static Crash crash(int rank) {
        return new Crash(TestRun.partitions(rank), Selector.NOBODY);
    }

    @Test
    void withoutCostsPhasesTakeTheirTimeAndNoMore() {
        var run = p1Fails(settings()).until(10_000);
        assertThat(run.brief(AttemptFinished.class))
                .containsExactly("225 AttemptFinished P1 1 true false");
        assertThat(run.count(TransferCompleted.class)).isZero();
    }

    /// P2 holds the replica. It sends 334 to P0, then 333 to P3, whose batches leave after 434,
    /// 534, 634 and 667 ms; P3 works on them from the first on, for 666 ms. Then P0, P2 and P3 send
    /// as much back at once; P1 works on it from the first batch on, which takes 2000 ms.
    @Test
    void aPhaseLastsUntilTheLastBatchIsTakenIn() {
        var run = p1Fails(settings("transfer", Optional.of(COSTS))).until(20_000);
        assertThat(run.brief(TransferCompleted.class))
                .containsExactly(
                        "1150 TransferCompleted P1 REDISTRIBUTING 1000 1100",
                        "3250 TransferCompleted P1 REBALANCING 1000 2100");
        assertThat(run.brief(PhaseEntered.class))
                .contains(
                        "1150 PhaseEntered P1 REBALANCING 1", "3250 PhaseEntered P1 VALIDATING 1");
        assertThat(run.brief(AttemptFinished.class))
                .containsExactly("3250 AttemptFinished P1 1 true false");
    }

    /// With one heir that has the replica itself, nothing has to leave a node on the way there.
    @Test
    void entitiesThatStayOnTheirNodeNeedNoBandwidth() {
        var run =
                p1Fails(settings("transfer", Optional.of(COSTS), "spread", Optional.of(1)))
                        .until(20_000);
        assertThat(run.brief(TransferCompleted.class))
                .startsWith("2050 TransferCompleted P1 REDISTRIBUTING 1000 2000");
        assertThat(run.brief(EntitiesMoved.class))
                .containsExactly("2050 EntitiesMoved P1 P2 1000", "4150 EntitiesMoved P2 P1 1000");
    }

    /// One at a time, each batch being one: the last leaves after 1000 ms and is worked on for 2.
    @Test
    void theSizeOfBatchesDecidesHowMuchWorkAndSendingOverlap() {
        var slowToSend =
                new TransferSettings(
                        new Bytes(1000),
                        new Bandwidth(new Bytes(100_000)),
                        Duration.ofMillis(1),
                        1);
        var oneByOne =
                p1Fails(settings("transfer", Optional.of(slowToSend), "spread", Optional.of(1)));
        var atOnce =
                p1Fails(
                        settings(
                                "transfer",
                                Optional.of(costs(100, 1, 1000)),
                                "spread",
                                Optional.of(1)));
        assertThat(oneByOne.until(40_000).brief(TransferCompleted.class))
                .endsWith("11051 TransferCompleted P1 REBALANCING 1000 10001");
        assertThat(atOnce.until(40_000).brief(TransferCompleted.class))
                .endsWith("12050 TransferCompleted P1 REBALANCING 1000 11000");
    }

    @Test
    void whoTakesEntitiesInIsLateWithItsHeartbeats() {
        var settings = settings("transfer", Optional.of(COSTS), "spread", Optional.of(1));
        var run = p1Fails(settings.withHeartbeats()).until(2049);
        // The beats of 500, 1000, 1500 and 2000 ms wait until 2050.
        assertThat(heartbeatsOf("n2", run)).containsExactly(0L);
        assertThat(heartbeatsOf("n2", run.until(2050)))
                .containsExactly(0L, 2050L, 2050L, 2050L, 2050L);
        assertThat(heartbeatsOf("n3", run)).containsExactly(0L, 500L, 1000L, 1500L, 2000L);
    }

    private static List<Long> heartbeatsOf(String node, TestRun run) {
        return run.trace().stream()
                .filter(entry ->
                        entry.what() instanceof MessageDelivered m
                                && m.message() == MessageKind.HEARTBEAT
                                && m.from().equals(new NodeId(node)))
                .map(entry -> entry.time().nanos() / 1_000_000)
                .toList();
    }

    @Test
    void lostBatchesAreSentAgain() {
        var run =
                p1Fails(settings("transfer", Optional.of(COSTS), "spread", Optional.of(2)))
                        .during(
                                0,
                                600,
                                new MessageLoss(
                                        new Probability(1),
                                        List.of(MessageKind.TRANSFER),
                                        Selector.NOBODY,
                                        Selector.NOBODY))
                        .until(20_000);
        assertThat(run.count(TransferCompleted.class)).isEqualTo(2);
        assertRestored(run);
    }

    /// P2 takes in and sends when it is declared failed: P3 takes both over.
    @Test
    void theShareOfAReceiverThatFailsGoesToTheNextOne() {
        var run =
                p1Fails(
                                settings(
                                        "transfer",
                                        Optional.of(COSTS),
                                        "spread",
                                        Optional.of(1),
                                        "maxConcurrent",
                                        1))
                        .at(500, crash(2))
                        .twoReports(500, 2)
                        .until(30_000);
        assertThat(run.brief(TransferRerouted.class))
                .containsExactly("500 TransferRerouted P1 P2 P3 1000");
        assertThat(run.brief(EntitiesMoved.class)).contains("2500 EntitiesMoved P1 P3 1000");
        assertThat(run.count(AttemptFinished.class)).isEqualTo(2);
        assertRestored(run);
    }

    /// P2 is down for too short a time to be missed, but has forgotten what it got and what to do.
    @Test
    void whoStartsAgainInTheMiddleIsSentEverythingAnew() {
        var run =
                p1Fails(settings("transfer", Optional.of(COSTS), "spread", Optional.of(1)))
                        .during(500, 600, crash(2))
                        .until(30_000);
        assertThat(run.brief(TransferCompleted.class).getFirst())
                .isEqualTo("2600 TransferCompleted P1 REDISTRIBUTING 1000 2550");
        assertRestored(run);
    }

    @Test
    void aCoordinatorThatWasDownHasWhatIsMissingSentAgain() {
        var coordinator = new Crash(List.of(), Selector.of(new NodeId("coordinator")));
        var run =
                p1Fails(settings("transfer", Optional.of(COSTS)))
                        .during(100, 5000, coordinator)
                        .until(30_000);
        assertThat(run.count(TransferCompleted.class)).isEqualTo(2);
        assertRestored(run);
    }

    /// P3 owes P1 its entities back, but fails: P1 gets those of P0 and P2, and P3's go their way.
    @Test
    void whoFailsWhileItGivesBackGivesNothing() {
        var run =
                p1Fails(settings("transfer", Optional.of(COSTS)))
                        .at(1200, crash(3))
                        .twoReports(1200, 3)
                        .until(30_000);
        assertThat(run.brief(o -> o instanceof EntitiesMoved m && m.to().rank() == 1))
                .startsWith("2584 EntitiesMoved P0 P1 334", "2584 EntitiesMoved P2 P1 333");
        assertThat(run.count(AttemptFinished.class)).isEqualTo(2);
        assertThat(owned(run).values().stream().mapToInt(n -> n).sum()).isEqualTo(4000);
    }

    @Test
    void withASpreadAPartitionGetsBackWhatItsHeirsHold() {
        var run =
                new TestRun(settings("spread", Optional.of(1), "maxConcurrent", 1))
                        .twoReports(0, 1)
                        .until(10_000);
        assertThat(run.brief(EntitiesMoved.class))
                .containsExactly("150 EntitiesMoved P1 P2 1000", "225 EntitiesMoved P2 P1 1000");
    }

    /// Nodes crash at random in the middle of transfers and balancing, and messages are lost.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void whateverHappensNobodyGivesWhatItHasNotAndAllRecoverInTheEnd(long seed) {
        var random = new RandomStreams(seed).stream("crashes");
        var settings =
                settings("transfer", Optional.of(COSTS), "spread", Optional.of(2), "attempts", 9)
                        .with(Settings.network(new Uniform(1e6, 20e6), new Probability(0.05)))
                        .with(
                                new HeartbeatTimeout(
                                        Duration.ofMillis(500),
                                        Duration.ofSeconds(4),
                                        Duration.ofSeconds(6),
                                        Duration.ofMillis(100)))
                        .protocol("quorum", new Fixed(1), "balancer", Optional.of(balancer()));
        var run = new TestRun(settings, seed);
        for (int crash = 0; crash < 5; crash++) {
            int at = random.nextInt(60_000);
            run.during(at, at + 1 + random.nextInt(12_000), crash(random.nextInt(4)));
        }
        run.until(200_000);
        assertThat(owned(run).values().stream().mapToInt(n -> n).sum()).isEqualTo(4000);
        var status = new TreeMap<Integer, PartitionStatus>();
        run.trace()
                .all(StatusChanged.class)
                .forEach(change -> status.put(change.partition().rank(), change.to()));
        assertThat(status.values()).isNotEmpty().containsOnly(PartitionStatus.HEALTHY);
    }

    private static BalancerSettings balancer() {
        return new BalancerSettings(
                Duration.ofSeconds(2),
                0.1,
                10,
                Duration.ofSeconds(5),
                100,
                Exchange.HEAVIEST_TO_LIGHTEST);
    }

    private static void assertRestored(TestRun run) {
        assertThat(owned(run).values()).containsExactly(1000, 1000, 1000, 1000);
    }

    /// What everybody owns in the end, of what was moved.
    private static Map<Integer, Integer> owned(TestRun run) {
        var owned = new TreeMap<Integer, Integer>();
        for (int rank = 0; rank < 4; rank++) {
            owned.put(rank, 1000);
        }
        run.trace()
                .all(EntitiesMoved.class)
                .forEach(m -> {
                    owned.merge(m.from().rank(), -m.entities(), Integer::sum);
                    owned.merge(m.to().rank(), m.entities(), Integer::sum);
                    assertThat(owned.values()).allMatch(n -> n >= 0);
                });
        return owned;
    }

    @Test
    void aPhaseLastsItsConfiguredTimeEvenIfEverythingIsThereBefore() {
        var run =
                p1Fails(settings("transfer", Optional.of(costs(1_000_000, 0, 100)))).until(10_000);
        assertThat(run.brief(TransferCompleted.class))
                .containsExactly(
                        "50 TransferCompleted P1 REDISTRIBUTING 1000 0",
                        "150 TransferCompleted P1 REBALANCING 1000 0");
        assertThat(run.brief(AttemptFinished.class))
                .containsExactly("225 AttemptFinished P1 1 true false");
    }
}
