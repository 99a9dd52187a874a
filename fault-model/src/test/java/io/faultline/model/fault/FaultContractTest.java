package io.faultline.model.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.faultline.kernel.Trace;
import io.faultline.kernel.random.Exponential;
import io.faultline.kernel.random.Uniform;
import io.faultline.model.Kind;
import io.faultline.model.ModelSettings;
import io.faultline.model.Probability;
import io.faultline.model.Rate;
import io.faultline.model.Settings;
import io.faultline.model.TestRun;
import io.faultline.model.cluster.Node;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.cluster.Topology;
import io.faultline.model.network.MessageKind;
import io.faultline.model.observation.Observed.FaultHealed;
import io.faultline.model.observation.Observed.FaultInjected;
import io.faultline.model.observation.Observed.FaultTookEffect;
import io.faultline.model.observation.Observed.MessageDelivered;
import io.faultline.model.observation.Observed.NodeRestarted;
import io.faultline.model.workload.Workload;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What every kind of fault promises. A new kind is tested once it has a line in `SAMPLES`, and until
/// then fails [#everyKindHasASample].
class FaultContractTest {

    private static final NodeId N0 = new NodeId("n0");
    private static final NodeId N1 = new NodeId("n1");
    private static final NodeId N2 = new NodeId("n2");

    /// Of each kind one that keeps every heartbeat of P1 from arriving.
    static final List<Fault> SAMPLES =
            List.of(
                    new Crash(TestRun.partitions(1), List.of()),
                    new MessageLoss(new Probability(1), List.of(), List.of(N1), List.of()),
                    new NetworkSplit(List.of(List.of(N1))));

    /// Of each kind some that find nothing to change in a system where n0 is down and no recovery is
    /// under way.
    static final List<Fault> IDLE =
            List.of(
                    new Crash(TestRun.partitions(0), List.of(N0)),
                    new MessageLoss(Probability.NEVER, List.of(), List.of(), List.of()),
                    new MessageLoss(
                            new Probability(1), List.of(MessageKind.PAUSE), List.of(), List.of()),
                    new NetworkSplit(List.of(List.of(N0, N1, N2, Topology.COORDINATOR))));

    static Stream<Arguments> pairs() {
        return SAMPLES.stream().flatMap(a -> SAMPLES.stream().map(b -> Arguments.of(a, b)));
    }

    private static Settings heartbeats() {
        return Settings.of(3).withHeartbeats();
    }

    /// Everything at once: latency, loss, heartbeats, a barrier with work, and operations.
    private static ModelSettings noisy() {
        return heartbeats()
                .with(Settings.network(new Exponential(20e6), new Probability(0.05)))
                .withBarrier(new Uniform(100e6, 300e6))
                .with(new Workload(new Rate(20), new Exponential(10e6)));
    }

    private static List<String> heartbeatsOfP1(TestRun run) {
        return run.brief(
                o ->
                        o instanceof MessageDelivered delivered
                                && delivered.message() == MessageKind.HEARTBEAT
                                && delivered.from().equals(N1));
    }

    private static List<Long> times(List<String> lines) {
        return lines.stream().map(line -> Long.valueOf(line.split(" ")[0])).toList();
    }

    @Test
    void everyKindHasASample() {
        assertThat(Fault.class.getPermittedSubclasses())
                .allMatch(
                        kind -> SAMPLES.stream().anyMatch(kind::isInstance),
                        "has a line in SAMPLES")
                .allMatch(kind -> IDLE.stream().anyMatch(kind::isInstance), "has a line in IDLE");
    }

    @ParameterizedTest
    @FieldSource("SAMPLES")
    void beginAndEndAreObserved(Fault fault) {
        var run = new TestRun(heartbeats()).during(1000, 1400, fault).until(3000);
        var kind = Kind.name(fault);
        assertThat(run.brief(FaultInjected.class, FaultHealed.class))
                .containsExactly(
                        "1000 FaultInjected 0 " + kind + " " + fault + " [P1]",
                        "1400 FaultHealed 0 " + kind);
    }

    @ParameterizedTest
    @FieldSource("SAMPLES")
    void theEffectIsObservedOnce(Fault fault) {
        var run = new TestRun(heartbeats()).during(900, 3200, fault).until(6000);
        assertThat(run.count(FaultTookEffect.class)).isEqualTo(1);
    }

    @ParameterizedTest
    @FieldSource("SAMPLES")
    void whileItLastsNothingComesThrough(Fault fault) {
        var run = new TestRun(heartbeats()).during(1000, 3000, fault).until(4000);
        assertThat(times(heartbeatsOfP1(run))).containsExactly(0L, 500L, 3000L, 3500L, 4000L);
    }

    @ParameterizedTest
    @FieldSource("SAMPLES")
    void healingRestoresTheNetworkAndTheNodes(Fault fault) {
        var run = new TestRun(heartbeats()).during(900, 1400, fault).until(60_000);
        var untouched = new TestRun(heartbeats()).until(60_000);
        var world = run.world();
        assertThat(world.nodes()).allMatch(Node::isUp);
        for (var from : world.nodes()) {
            assertThat(world.nodes()).allMatch(to -> world.network().connects(from, to));
        }
        var after = run.brief(MessageDelivered.class);
        var expected = untouched.brief(MessageDelivered.class);
        assertThat(after.stream().filter(line -> time(line) > 1400))
                .containsExactlyElementsOf(
                        expected.stream().filter(line -> time(line) > 1400).toList());
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void ofTwoThatOverlapTheLaterStaysInForceWhenTheEarlierIsHealed(Fault first, Fault second) {
        var run =
                new TestRun(heartbeats())
                        .during(1000, 2900, first)
                        .during(2000, 3900, second)
                        .until(5000);
        assertThat(times(heartbeatsOfP1(run))).containsExactly(0L, 500L, 4000L, 4500L, 5000L);
        assertThat(run.count(FaultTookEffect.class)).isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void ofTwoThatOverlapTheEarlierStaysInForceWhenTheLaterIsHealed(Fault first, Fault second) {
        var run =
                new TestRun(heartbeats())
                        .during(1000, 3900, first)
                        .during(2000, 2900, second)
                        .until(5000);
        assertThat(times(heartbeatsOfP1(run))).containsExactly(0L, 500L, 4000L, 4500L, 5000L);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void twoThatBeginTogetherEndWithTheLater(Fault first, Fault second) {
        var run =
                new TestRun(heartbeats())
                        .during(1000, 1900, first)
                        .during(1000, 3900, second)
                        .until(5000);
        assertThat(times(heartbeatsOfP1(run))).containsExactly(0L, 500L, 4000L, 4500L, 5000L);
    }

    @ParameterizedTest
    @FieldSource("SAMPLES")
    void whatHappensBeforeIsTheSameWithAndWithoutIt(Fault fault) {
        var with = new TestRun(noisy(), 5).at(7000, fault).until(20_000).trace();
        var without = new TestRun(noisy(), 5).until(20_000).trace();
        var before = before(with, 7000);
        assertThat(before).hasSizeGreaterThan(500).isEqualTo(before(without, 7000));
        assertThat(with.entries()).isNotEqualTo(without.entries());
    }

    @ParameterizedTest
    @FieldSource("IDLE")
    void aFaultWithNothingToChangeNeverTakesEffect(Fault fault) {
        var down = new Crash(TestRun.partitions(0), List.of());
        var run = new TestRun(heartbeats()).at(500, down).during(1000, 4000, fault).until(4500);
        assertThat(run.brief(FaultTookEffect.class)).containsExactly("500 FaultTookEffect 0");
        assertThat(run.count(FaultInjected.class)).isEqualTo(2);
        assertThat(run.count(FaultHealed.class)).isEqualTo(1);
    }

    // Crashes.

    @Test
    void aCrashOfWhatIsDownTakesEffectWhenTheOneBeforeIsOver() {
        var crash = new Crash(TestRun.partitions(1), List.of());
        var run =
                new TestRun(heartbeats())
                        .during(1000, 2000, crash)
                        .during(1500, 3000, crash)
                        .until(4000);
        assertThat(run.brief(FaultTookEffect.class, NodeRestarted.class))
                .containsExactly(
                        "1000 FaultTookEffect 0", "2000 FaultTookEffect 1", "3000 NodeRestarted n1 2");
    }

    @Test
    void theEndOfACrashDoesNotUndoALaterOne() {
        var crash = new Crash(TestRun.partitions(1), List.of());
        var run =
                new TestRun(heartbeats())
                        .during(1200, 10_000, crash)
                        .at(8000, crash)
                        .until(10_001);
        assertThat(run.brief(NodeRestarted.class)).containsExactly("6325 NodeRestarted n1 2");
        assertThat(run.world().node(N1).isUp()).isFalse();
    }

    @Test
    void aCrashNamesPartitionsOrNodes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Crash(List.of(), List.of()))
                .withMessage("crash needs partitions or nodes");
    }

    // Splits.

    @Test
    void nodesInNoGroupStayTogether() {
        var run =
                new TestRun(heartbeats())
                        .during(1000, 2000, new NetworkSplit(List.of(List.of(N1))))
                        .until(1500);
        var world = run.world();
        assertThat(world.network().connects(world.node(N0), world.node(N2))).isTrue();
        assertThat(world.network().connects(world.node(N0), world.node(N1))).isFalse();
        assertThat(world.network().connects(world.node(N1), world.node(N0))).isFalse();
    }

    @Test
    void aNodeIsInOneGroupOnly() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NetworkSplit(List.of(List.of(N1), List.of(N1))))
                .withMessage("a node can be in one group only");
        assertThatIllegalArgumentException().isThrownBy(() -> new NetworkSplit(List.of()));
    }

    // Loss.

    @Test
    void lossConcernsTheChosenKindsSendersAndReceiversOnly() {
        var loss =
                new MessageLoss(
                        new Probability(1),
                        List.of(MessageKind.HEARTBEAT),
                        List.of(N1),
                        List.of(Topology.COORDINATOR));
        var run = new TestRun(heartbeats().withBarrier(Settings.millis(100)));
        run.at(0, loss).until(900);
        assertThat(run.trace().all(MessageDelivered.class))
                .noneMatch(m -> m.message() == MessageKind.HEARTBEAT && m.from().equals(N1))
                .anyMatch(m -> m.message() == MessageKind.HEARTBEAT && m.from().equals(N0))
                .anyMatch(m -> m.message() == MessageKind.BARRIER_ARRIVE && m.from().equals(N1));
    }

    /// 600 heartbeats, each lost with probability 0.4: 240 are expected, the standard deviation is 12,
    /// and four of them are allowed.
    @Test
    void losesTheShareOfMessagesThatItSays() {
        var loss = new MessageLoss(new Probability(0.4), List.of(), List.of(N1), List.of());
        var run = new TestRun(heartbeats()).at(100, loss).until(300_050);
        int lost = 601 - heartbeatsOfP1(run).size();
        assertThat(lost).isBetween(240 - 48, 240 + 48);
    }

    private static long time(String line) {
        return Long.parseLong(line.substring(0, line.indexOf(' ')));
    }

    private static List<Trace.Entry> before(Trace trace, long millis) {
        long limit = Duration.ofMillis(millis).toNanos();
        return trace.stream().filter(entry -> entry.time().nanos() < limit).toList();
    }
}
