package io.faultline.model.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.Probability;
import io.faultline.model.Settings;
import io.faultline.model.TestRun;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.fault.Isolation.Direction;
import io.faultline.model.network.MessageKind;
import io.faultline.model.observation.Observed.FaultSkipped;
import io.faultline.model.observation.Observed.MessageDropped;
import io.faultline.model.observation.Observed.PartitionDown;
import io.faultline.model.observation.Observed.PartitionUp;
import io.faultline.model.observation.Observed.QuorumBack;
import io.faultline.model.observation.Observed.QuorumGone;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A link on which nothing gets through is cut in truth, whatever keeps the messages, be it for
/// several reasons.
class SilenceTest {

    private static final Selector ANYBODY = Selector.NOBODY;
    private static final Probability ALL = new Probability(1);
    private static final Probability NEARLY_ALL = new Probability(0.99);
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

    private static Selector nodes(String... names) {
        return Selector.of(Arrays.stream(names).map(NodeId::new).toList());
    }

    private static MessageLoss loss(Probability chance, Selector from, Selector to) {
        return new MessageLoss(chance, List.of(), from, to);
    }

    private static Stream<Fault> silent(Selector from, Selector to, MessageKind... kinds) {
        var messages = List.of(kinds);
        return Stream.of(
                new MessageLoss(ALL, messages, from, to),
                new MessageCorruption(ALL, messages, from, to),
                new MessageHold(Optional.empty(), messages, from, to),
                new CloggedLink(Optional.empty(), Optional.empty(), messages, from, to));
    }

    private static Swizzle swizzle(MessageKind... kinds) {
        return new Swizzle(Selector.of(Mode.ALL), TEN_SECONDS, List.of(kinds));
    }

    private static Stream<Fault> everywhere() {
        return Stream.concat(silent(ANYBODY, ANYBODY), Stream.of(swizzle()));
    }

    /// Something still gets through now and then, or some kinds do.
    private static Stream<Fault> nearlySilent() {
        return Stream.of(
                        Stream.of(
                                loss(NEARLY_ALL, ANYBODY, ANYBODY),
                                new MessageCorruption(NEARLY_ALL, List.of(), ANYBODY, ANYBODY),
                                new MessageHold(
                                        Optional.of(TEN_SECONDS), List.of(), ANYBODY, ANYBODY),
                                new CloggedLink(
                                        Optional.of(Settings.millis(9000)),
                                        Optional.of(Settings.millis(1)),
                                        List.of(),
                                        ANYBODY,
                                        ANYBODY),
                                swizzle(MessageKind.HEARTBEAT)),
                        silent(ANYBODY, ANYBODY, MessageKind.HEARTBEAT))
                .flatMap(faults -> faults);
    }

    private static Stream<Fault> ofOneNode() {
        return silent(nodes("n1"), ANYBODY);
    }

    private static Stream<Fault> ofTwoNodes() {
        return silent(nodes("n1", "n2"), ANYBODY);
    }

    private static Stream<Fault> ofEveryKind() {
        return silent(nodes("n1"), ANYBODY, MessageKind.values());
    }

    private static final MessageKind[] REST =
            EnumSet.complementOf(EnumSet.of(MessageKind.HEARTBEAT)).toArray(MessageKind[]::new);

    /// What keeps messages of some kinds that `n1` sends.
    private static Stream<Fault> ofOneNode(MessageKind... kinds) {
        return Stream.concat(
                silent(nodes("n1"), ANYBODY, kinds),
                Stream.of(new Isolation(nodes("n1"), Direction.OUT, List.of(kinds))));
    }

    /// Each leaves something, and both together nothing of what `n1` sends.
    private static Stream<Arguments> ofOneNodeTogether() {
        return ofOneNode(MessageKind.HEARTBEAT)
                .flatMap(some -> ofOneNode(REST).map(rest -> Arguments.of(some, rest)));
    }

    private static MessageLoss heartbeats(Selector from, Selector to) {
        return new MessageLoss(ALL, List.of(MessageKind.HEARTBEAT), from, to);
    }

    private static MessageLoss rest(Selector from, Selector to) {
        return new MessageLoss(ALL, List.of(REST), from, to);
    }

    private static TestRun run() {
        return new TestRun(Settings.of(4).withHeartbeats());
    }

    /// For each node, whom its messages reach: `n0 n1 c`, where c is the coordinator.
    private static List<String> reach(Fault... faults) {
        var run = run();
        for (var fault : faults) {
            run.at(10, fault);
        }
        var world = run.until(20).world();
        return world.nodes().stream()
                .map(from ->
                        world.nodes().stream()
                                .filter(to -> world.network().connects(from, to))
                                .map(to -> to.toString().replace("coordinator", "c"))
                                .collect(Collectors.joining(" ")))
                .toList();
    }

    @Test
    void whoeverSendsIsNotHeardByWhoeverItIsSentTo() {
        assertThat(reach(loss(ALL, nodes("n0", "n1"), nodes("n1", "n2"))))
                .containsExactly(
                        "n0 n3 c", "n0 n1 n3 c", "n0 n1 n2 n3 c", "n0 n1 n2 n3 c", "n0 n1 n2 n3 c");
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void whereNothingGetsThroughAnywhereEverybodyIsAlone(Fault fault) {
        var run = run().during(1000, 21_000, fault).until(6000);
        var network = run.world().network();
        for (var from : run.world().nodes()) {
            for (var to : run.world().nodes()) {
                assertThat(network.connects(from, to)).isEqualTo(from == to);
            }
        }
        assertThat(run.until(30_000).count(PartitionDown.class)).isEqualTo(4);
        assertThat(run.count(PartitionUp.class)).isEqualTo(4);
        assertThat(run.brief(QuorumGone.class)).anyMatch(line -> line.endsWith(" 1 3"));
        assertThat(run.count(QuorumBack.class)).isOne();
    }

    @ParameterizedTest
    @MethodSource("ofOneNode")
    void whoIsNotHeardIsOutFromTheBeginningToTheEnd(Fault fault) {
        assertThat(
                        run().during(1000, 21_000, fault)
                                .until(30_000)
                                .brief(PartitionDown.class, PartitionUp.class, QuorumGone.class))
                .containsExactly("1000 PartitionDown P1 CUT_OFF", "21000 PartitionUp P1");
    }

    @ParameterizedTest
    @MethodSource("ofEveryKind")
    void toNameEveryKindIsToNameNone(Fault fault) {
        assertThat(run().during(1000, 21_000, fault).until(30_000).count(PartitionDown.class))
                .isOne();
    }

    @ParameterizedTest
    @MethodSource("nearlySilent")
    void whereAnythingMayGetThroughNobodyIsOut(Fault fault) {
        var run = run().during(1000, 21_000, fault).until(30_000);
        assertThat(run.count(PartitionDown.class)).isZero();
        assertThat(run.count(QuorumGone.class)).isZero();
    }

    @ParameterizedTest
    @MethodSource("ofOneNodeTogether")
    void whoIsNotHeardForSeveralReasonsIsOutFromTheLastToBeginToTheFirstToEnd(
            Fault some, Fault rest) {
        assertThat(
                        run().during(1000, 16_000, some)
                                .during(6000, 21_000, rest)
                                .until(30_000)
                                .brief(PartitionDown.class, PartitionUp.class, QuorumGone.class))
                .containsExactly("6000 PartitionDown P1 CUT_OFF", "16000 PartitionUp P1");
    }

    @Test
    void aSwizzleAddsToWhateverElseKeepsTheRest() {
        var run =
                run().during(1000, 21_000, swizzle(MessageKind.HEARTBEAT))
                        .during(1000, 5000, rest(ANYBODY, nodes("n1")))
                        .until(30_000);
        assertThat(run.brief(PartitionDown.class)).singleElement().asString().contains(" P1 ");
        assertThat(run.brief(PartitionUp.class)).containsExactly("5000 PartitionUp P1");
    }

    @Test
    void onlyOnTheSameLinkAndInTheSameDirectionDoFaultsAddUp() {
        assertThat(
                        reach(
                                heartbeats(nodes("n0", "n1"), nodes("n1", "n2")),
                                rest(nodes("n0"), nodes("n2", "n3"))))
                .containsExactly(
                        "n0 n1 n3 c",
                        "n0 n1 n2 n3 c",
                        "n0 n1 n2 n3 c",
                        "n0 n1 n2 n3 c",
                        "n0 n1 n2 n3 c");
        assertThat(reach(heartbeats(nodes("n1"), ANYBODY), rest(ANYBODY, nodes("n1"))))
                .containsOnly("n0 n1 n2 n3 c");
    }

    @Test
    void manyFaultsMayEachKeepALittle() {
        var faults =
                MessageKind.ALL.stream()
                        .map(kind -> new MessageLoss(ALL, List.of(kind), nodes("n1"), ANYBODY))
                        .toArray(Fault[]::new);
        assertThat(reach(faults)).contains("n1", "n0 n1 n2 n3 c");
        assertThat(reach(Arrays.copyOfRange(faults, 1, faults.length)))
                .containsOnly("n0 n1 n2 n3 c");
    }

    @Test
    void whatIsSilentTogetherTakesTheQuorumAway() {
        var run =
                run().during(1000, 21_000, heartbeats(ANYBODY, ANYBODY))
                        .during(6000, 16_000, rest(ANYBODY, ANYBODY))
                        .until(30_000);
        assertThat(run.brief(QuorumGone.class)).containsExactly("6000 QuorumGone 1 3");
        assertThat(run.brief(QuorumBack.class)).containsExactly("16000 QuorumBack 4 3");
    }

    /// Nothing is stopped but by what keeps the messages anyway.
    @ParameterizedTest
    @MethodSource("everywhere")
    void noMessageIsLostAsBySplits(Fault fault) {
        var run = run().during(1000, 21_000, fault).until(30_000);
        assertThat(run.brief(MessageDropped.class)).noneMatch(line -> line.contains("SPLIT"));
    }

    @ParameterizedTest
    @MethodSource("ofTwoNodes")
    void itAsksTheBudgetAsASplitDoes(Fault fault) {
        assertThat(skipped(1, fault)).containsExactly(2);
        assertThat(skipped(2, fault)).isEmpty();
    }

    @Test
    void theLastOfSeveralReasonsAsksTheBudget() {
        var two = nodes("n1", "n2");
        assertThat(skipped(1, heartbeats(two, ANYBODY), rest(two, ANYBODY))).containsExactly(2);
        assertThat(skipped(2, heartbeats(two, ANYBODY), rest(two, ANYBODY))).isEmpty();
        assertThat(skipped(1, heartbeats(two, ANYBODY), rest(nodes("n1"), ANYBODY))).isEmpty();
        assertThat(skipped(1, rest(ANYBODY, ANYBODY), swizzle(MessageKind.HEARTBEAT)))
                .containsExactly(2, 2, 2);
        assertThat(
                        skipped(
                                1,
                                heartbeats(two, ANYBODY),
                                new Isolation(two, Direction.OUT, List.of(REST))))
                .containsExactly(2);
    }

    @Test
    void aSwizzleAsksTheBudgetForOneNodeAfterAnother() {
        assertThat(skipped(4, swizzle())).isEmpty();
        assertThat(skipped(3, swizzle())).containsExactly(4);
        assertThat(skipped(1, swizzle())).containsExactly(2, 2, 2);
        assertThat(skipped(1, swizzle(MessageKind.HEARTBEAT))).isEmpty();
    }

    /// Of each time that a fault may not strike, how many partitions would be out.
    private static List<Integer> skipped(int allowed, Fault... faults) {
        var budget = new Budget(Optional.of(allowed), Optional.empty(), Optional.empty());
        var run = run().keepingTo(budget);
        for (var fault : faults) {
            run.during(1000, 21_000, fault);
        }
        return run.until(30_000).trace().stream()
                .filter(entry -> entry.what() instanceof FaultSkipped)
                .map(entry -> ((FaultSkipped) entry.what()).out())
                .toList();
    }
}
