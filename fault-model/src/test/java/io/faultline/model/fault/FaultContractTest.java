package io.faultline.model.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.faultline.kernel.Trace;
import io.faultline.kernel.random.Exponential;
import io.faultline.kernel.random.Uniform;
import io.faultline.model.ClockStep;
import io.faultline.model.Kind;
import io.faultline.model.ModelSettings;
import io.faultline.model.Probability;
import io.faultline.model.Settings;
import io.faultline.model.TestRun;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.Topology;
import io.faultline.model.detector.HeartbeatTimeout;
import io.faultline.model.network.MessageKind;
import io.faultline.model.observation.Observed;
import io.faultline.model.observation.Observed.DropCause;
import io.faultline.model.observation.Observed.FaultHealed;
import io.faultline.model.observation.Observed.FaultInjected;
import io.faultline.model.observation.Observed.FaultSkipped;
import io.faultline.model.observation.Observed.FaultTookEffect;
import io.faultline.model.observation.Observed.MessageDelivered;
import io.faultline.model.observation.Observed.MessageDropped;
import io.faultline.model.observation.Observed.NodePaused;
import io.faultline.model.observation.Observed.NodeResumed;
import io.faultline.model.observation.Observed.OperationCompleted;
import io.faultline.model.observation.Observed.PartitionDown;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What kinds of faults promise that can be made to concern one node alone. [EveryFaultTest] has
/// what every kind promises.
class FaultContractTest {

    private static final NodeId N1 = new NodeId("n1");
    private static final ClockDrift DRIFT = new ClockDrift(Selector.of(N1), 1000);
    private static final Duration WINDOW = Duration.ofMillis(200);
    private static final MessageKind NEVER_SENT = MessageKind.REJOIN;
    private static final List<String> REGIONS = List.of("r0", "r1", "r2", "r3");
    private static final long FOREVER = Long.MAX_VALUE / 1_000_000;
    private static final List<NodeId> EVERY_NODE =
            Stream.concat(
                            Stream.of("n0", "n1", "n2", "n3").map(NodeId::new),
                            Stream.of(Topology.COORDINATOR))
                    .toList();

    /// A fault that concerns `n1` alone, in a system of four partitions on four nodes, or the
    /// coordinator's node if it cannot.
    ///
    /// @param inForce how to see that it is in force, given the time since which it was the only
    ///   one
    /// @param mask faults in whose presence `inert` has nothing to change
    /// @param inert a fault of the kind which changes nothing
    /// @param reach what it does to what `n1` sends
    private record Sample(
            Fault fault, InForce inForce, List<Fault> mask, Fault inert, Reach reach) {

        Sample inForce(InForce sign) {
            return new Sample(fault, sign, mask, inert, reach);
        }

        Sample masked(Fault... by) {
            return new Sample(fault, inForce, List.of(by), inert, reach);
        }
    }

    private enum Reach {
        /// No heartbeat arrives while it is in force.
        SILENCES,
        /// They all arrive at its end.
        POSTPONES,
        /// Each arrives twice.
        DOUBLES,
        /// They arrive at other times.
        SHIFTS,
        /// It concerns the coordinator's node alone.
        NONE;

        boolean isSilent() {
            return this == SILENCES || this == POSTPONES;
        }
    }

    private interface InForce {
        boolean test(TestRun run, long since);
    }

    private static final InForce DOWN = (run, _) -> !run.world().node(N1).isUp();
    private static final InForce CUT = dropped(DropCause.SPLIT);
    private static final InForce LOST = dropped(DropCause.LOSS);
    private static final InForce DAMAGED = dropped(DropCause.CORRUPT);
    private static final InForce STUCK =
            (run, since) ->
                    isAwake(run) && after(run, since).noneMatch(FaultContractTest::arrivedOrLost);
    private static final InForce LATE =
            (run, since) ->
                    after(run, since)
                            .anyMatch(what ->
                                    what instanceof MessageDelivered(_, var from, _, var delay)
                                            && from.equals(N1)
                                            && delay.equals(WINDOW));
    private static final InForce DOUBLED =
            (run, since) -> {
                var beats =
                        run.trace().stream()
                                .filter(e -> isWithin(e, since, FOREVER))
                                .filter(e -> isHeartbeatOfN1(e.what()))
                                .map(Trace.Entry::time)
                                .toList();
                return beats.stream().distinct().count() < beats.size();
            };

    private static InForce dropped(DropCause wanted) {
        return (run, since) ->
                after(run, since)
                        .anyMatch(what ->
                                what instanceof MessageDropped(_, var from, _, var cause)
                                        && from.equals(N1)
                                        && cause == wanted);
    }

    /// Kinds that cannot be made to concern one node alone, and only that, are in [EveryFaultTest]
    /// and have tests of their own.
    private static final Map<Class<?>, Sample> SAMPLES =
            Stream.of(
                            sample(Reach.SHIFTS, DRIFT, DRIFT)
                                    .inForce((run, _) -> clock(run, N1).contains(" 1000 ppm"))
                                    .masked(crash()),
                            sample(Reach.NONE, skew(Topology.COORDINATOR), skew(N1))
                                    .inForce((run, _) ->
                                            clock(run, Topology.COORDINATOR).contains("by 0.500s")),
                            sample(Reach.SILENCES, crash(), crash()).inForce(DOWN).masked(crash()),
                            sample(Reach.SILENCES, wipe(), wipe()).inForce(DOWN).masked(wipe()),
                            sample(Reach.SILENCES, trace(), trace()).inForce(DOWN).masked(crash()),
                            sample(Reach.POSTPONES, pause(), pause())
                                    .inForce((run, since) ->
                                            run.world().node(N1).isPaused()
                                                    && after(run, since)
                                                            .noneMatch(
                                                                    NodeResumed.class::isInstance))
                                    .masked(pause()),
                            sample(Reach.SHIFTS, wave(), wave())
                                    .inForce((run, _) ->
                                            !clock(run, N1).matches(".* (0|1000) ppm.*"))
                                    .masked(crash()),
                            sample(Reach.SILENCES, flapping(), flapping())
                                    .inForce(DOWN)
                                    .masked(crash()),
                            sample(Reach.SHIFTS, pressure(), pressure())
                                    .inForce((run, since) ->
                                            after(run, since)
                                                    .anyMatch(NodePaused.class::isInstance))
                                    .masked(crash()),
                            sample(Reach.SILENCES, restart(), restart())
                                    .inForce(DOWN)
                                    .masked(crash()),
                            sample(Reach.SHIFTS, slow(), slow())
                                    .inForce((run, _) -> run.world().node(N1).laboursOverMessages())
                                    .masked(crash()),
                            sample(Reach.SILENCES, delay(20_000), delay(0)).inForce(STUCK),
                            sample(Reach.SILENCES, loss(1), loss(0)).inForce(LOST),
                            sample(Reach.SILENCES, corruption(1), corruption(0)).inForce(DAMAGED),
                            sample(Reach.DOUBLES, duplication(1), duplication(0)).inForce(DOUBLED),
                            sample(Reach.SHIFTS, reordering(1), reordering(0)).inForce(LATE),
                            sample(Reach.POSTPONES, hold(), hold(NEVER_SENT)).inForce(STUCK),
                            sample(Reach.POSTPONES, clog(), clog(NEVER_SENT)).inForce(STUCK),
                            sample(Reach.SILENCES, split(List.of(N1)), split(EVERY_NODE))
                                    .inForce(CUT),
                            sample(
                                            Reach.SILENCES,
                                            isolation(Selector.of(N1)),
                                            isolation(Selector.of(EVERY_NODE)))
                                    .inForce(CUT),
                            sample(
                                            Reach.SILENCES,
                                            partial(Selector.of(N1)),
                                            partial(Selector.of(Topology.COORDINATOR)))
                                    .inForce(CUT),
                            sample(
                                            Reach.SILENCES,
                                            bridge(Selector.of(new NodeId("n0"))),
                                            bridge(Selector.of(EVERY_NODE)))
                                    .inForce(CUT),
                            sample(
                                            Reach.SILENCES,
                                            new RegionSplit(List.of("r1")),
                                            new RegionSplit(List.of("nowhere")))
                                    .inForce(CUT),
                            sample(
                                            Reach.SILENCES,
                                            new ZoneSplit(List.of("z1")),
                                            new ZoneSplit(List.of("z9")))
                                    .inForce(CUT))
                    .collect(Collectors.toMap(sample -> sample.fault.getClass(), s -> s));

    private static Sample sample(Reach reach, Fault fault, Fault inert) {
        return new Sample(fault, (_, _) -> false, List.of(), inert, reach);
    }

    private static ClockSkew skew(NodeId node) {
        return new ClockSkew(Selector.of(node), new ClockStep(500_000_000));
    }

    private static MessageDelay delay(long millis) {
        return new MessageDelay(
                Settings.millis(millis), List.of(), Selector.of(N1), Selector.NOBODY);
    }

    private static MessageCorruption corruption(double chance) {
        return new MessageCorruption(
                new Probability(chance), List.of(), Selector.of(N1), Selector.NOBODY);
    }

    private static MessageDuplication duplication(double chance) {
        return new MessageDuplication(
                new Probability(chance),
                1,
                Settings.millis(0),
                List.of(),
                Selector.of(N1),
                Selector.NOBODY);
    }

    private static MessageReordering reordering(double chance) {
        return new MessageReordering(
                new Probability(chance),
                Settings.millis(WINDOW.toMillis()),
                List.of(),
                Selector.of(N1),
                Selector.NOBODY);
    }

    private static MessageHold hold(MessageKind... messages) {
        return new MessageHold(
                Optional.empty(), List.of(messages), Selector.of(N1), Selector.NOBODY);
    }

    private static CloggedLink clog(MessageKind... messages) {
        return new CloggedLink(
                Optional.empty(),
                Optional.empty(),
                List.of(messages),
                Selector.of(N1),
                Selector.NOBODY);
    }

    private static Isolation isolation(Selector nodes) {
        return new Isolation(nodes, Isolation.Direction.BOTH);
    }

    private static PartialSplit partial(Selector one) {
        return new PartialSplit(one, Selector.of(Topology.COORDINATOR));
    }

    private static Bridge bridge(Selector bridge) {
        return new Bridge(bridge, Selector.of(N1));
    }

    private static boolean isAwake(TestRun run) {
        var n1 = run.world().node(N1);
        return n1.isUp() && !n1.isPaused();
    }

    private static boolean arrivedOrLost(Observed what) {
        return switch (what) {
            case MessageDelivered(_, var from, _, _) -> from.equals(N1);
            case MessageDropped(_, var from, _, _) -> from.equals(N1);
            default -> false;
        };
    }

    private static String clock(TestRun run, NodeId node) {
        return run.world().node(node).clock().toString();
    }

    private static FailureTrace trace() {
        return new FailureTrace(List.of(new Outage(N1, Duration.ZERO, Optional.empty())));
    }

    private static Crash crash() {
        return new Crash(List.of(), Selector.of(N1));
    }

    private static Wipe wipe() {
        return new Wipe(Selector.of(N1));
    }

    private static ClockOscillation wave() {
        return new ClockOscillation(Selector.of(N1), 500, Duration.ofMinutes(1));
    }

    private static Flapping flapping() {
        return new Flapping(
                Selector.of(N1), Settings.millis(20_000), Settings.millis(1), Flapping.By.CRASH);
    }

    private static MemoryPressure pressure() {
        return new MemoryPressure(Selector.of(N1), new Probability(0.5), Settings.millis(200));
    }

    private static Restart restart() {
        return new Restart(Selector.of(N1), Settings.millis(20_000), false);
    }

    private static SlowNode slow() {
        return new SlowNode(Selector.of(N1), 2, Duration.ofMillis(10));
    }

    private static Pause pause() {
        return new Pause(Selector.of(N1));
    }

    private static MessageLoss loss(double chance) {
        return new MessageLoss(
                new Probability(chance), List.of(), Selector.of(N1), Selector.NOBODY);
    }

    private static NetworkSplit split(List<NodeId> group) {
        return new NetworkSplit(List.of(group), false);
    }

    private static List<Class<?>> kinds() {
        return SAMPLES.keySet().stream()
                .sorted(Comparator.comparing(Class::getSimpleName))
                .<Class<?>>map(kind -> kind)
                .toList();
    }

    private static Sample sample(Class<?> kind) {
        return SAMPLES.get(kind);
    }

    /// Two kinds, and two spans of which each ends while nothing but the other is in force.
    private static Stream<Arguments> overlaps() {
        return kinds().stream()
                .flatMap(a ->
                        kinds().stream()
                                .flatMap(b ->
                                        Stream.of(
                                                arguments(a, b, 1000, 4000, 2000, 7000),
                                                arguments(a, b, 2000, 4000, 1000, 7000))));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void isInForceFromInjectionToHealing(Class<?> kind) {
        var sample = sample(kind);
        var run = quiet().during(1250, 4250, sample.fault);
        run.until(1249);
        assertThat(sample.inForce.test(run, 0)).isFalse();
        run.until(4249);
        assertThat(sample.inForce.test(run, 1250)).isTrue();
        run.until(8000);
        assertThat(sample.inForce.test(run, 4250)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void isObservedWhenInjectedWhenItTakesEffectAndWhenHealed(Class<?> kind) {
        var run = quiet().during(1250, 4250, sample(kind).fault).until(8000);
        var said =
                run.lines(List.of(FaultInjected.class, FaultTookEffect.class, FaultHealed.class));
        assertThat(said).hasSize(3);
        assertThat(said.getFirst())
                .startsWith("1250 FaultInjected[fault=0, kind=" + Kind.name(kind))
                .endsWith(sample(kind).reach == Reach.NONE ? "targets=[]]" : "targets=[P1]]");
        assertThat(said.get(1)).endsWith(" FaultTookEffect[fault=0]");
        assertThat(said.getLast())
                .isEqualTo("4250 FaultHealed[fault=0, kind=" + Kind.name(kind) + "]");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void healingHasEveryNodeUpAndMessagesPassAgain(Class<?> kind) {
        var run = quiet().during(1250, 4250, sample(kind).fault).until(8000);
        assertThat(heartbeatsOfN1(run, 0, 1249)).isEqualTo(3);
        assertThat(heartbeatsOfN1(run, 1250, 4249))
                .isEqualTo(
                        switch (sample(kind).reach) {
                            case SILENCES, POSTPONES -> 0;
                            case DOUBLES -> 12;
                            case SHIFTS, NONE -> 6;
                        });
        assertThat(heartbeatsOfN1(run, 4250, 8000))
                .isEqualTo(sample(kind).reach == Reach.POSTPONES ? 6 + 8 : 8);
        assertIntact(run);
    }

    @ParameterizedTest
    @MethodSource("overlaps")
    void healingOneOfTwoLeavesTheOtherInForce(
            Class<?> one, Class<?> other, long from, long to, long otherFrom, long otherTo) {
        var first = sample(one);
        var second = sample(other);
        var run =
                quiet().during(from, to, first.fault)
                        .during(otherFrom, otherTo, second.fault)
                        .until(otherTo - 1);
        assertThat(second.inForce.test(run, to + 1)).isTrue(); // what was stuck has arrived
        if (first.inForce != second.inForce) {
            assertThat(first.inForce.test(run, to + WINDOW.toMillis())).isFalse();
        }
        if (second.reach.isSilent()) {
            assertThat(heartbeatsOfN1(run, to + 1, otherTo - 1)).isZero();
        }
        run.until(10_000);
        assertThat(first.inForce.test(run, otherTo + WINDOW.toMillis())).isFalse();
        assertThat(second.inForce.test(run, otherTo + WINDOW.toMillis())).isFalse();
        boolean shifted = first.reach == Reach.SHIFTS || second.reach == Reach.SHIFTS;
        assertThat(sentByN1(run, otherTo, 10_000))
                .isBetween(shifted ? 6L : 7L, second.reach == Reach.POSTPONES ? 19L : 7L);
        assertIntact(run);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void changesNothingBeforeItsTime(Class<?> kind) {
        var without = new TestRun(noisy(), 7).until(20_000).trace().entries();
        var with =
                new TestRun(noisy(), 7)
                        .during(5000, 10_000, sample(kind).fault)
                        .until(20_000)
                        .trace()
                        .entries();
        int begin = indexOf(with, FaultInjected.class::isInstance);
        assertThat(begin).isGreaterThan(400);
        assertThat(with.get(begin).time().nanos()).isEqualTo(5_000_000_000L);
        assertThat(without.get(begin).time().nanos()).isGreaterThanOrEqualTo(5_000_000_000L);
        assertThat(with.subList(0, begin)).isEqualTo(without.subList(0, begin));
        assertThat(with.subList(0, begin).toString())
                .isEqualTo(without.subList(0, begin).toString());
        assertThat(with.size()).isNotEqualTo(without.size()); // it does change what comes later
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void changesNoChanceOfNodesThatItDoesNotConcern(Class<?> kind) {
        var without = new TestRun(noisy(), 7).until(20_000);
        var with = new TestRun(noisy(), 7).during(5000, 10_000, sample(kind).fault).until(20_000);
        assertThat(with.count(FaultTookEffect.class)).isOne();
        for (int rank : List.of(0, 2, 3)) {
            assertThat(about(without, rank)).hasSizeGreaterThan(300);
            assertThat(about(with, rank)).isEqualTo(about(without, rank));
        }
        if (sample(kind).reach == Reach.NONE) {
            assertThat(about(with, 1)).isEqualTo(about(without, 1));
        } else {
            assertThat(about(with, 1)).isNotEqualTo(about(without, 1));
        }
    }

    /// With P2 out and a budget of one partition, whatever takes P1 out as well is skipped, again
    /// and again if it comes again and again.
    @ParameterizedTest
    @MethodSource("kinds")
    void isSkippedByTheBudgetIfItTakesPartitionsOut(Class<?> kind) {
        var free = quiet().during(1250, 4250, sample(kind).fault).until(8000);
        boolean takesOut = free.count(PartitionDown.class) > 0;
        var budget = new Budget(Optional.of(1), Optional.empty(), Optional.empty());
        var run =
                quiet().keepingTo(budget)
                        .at(1000, new Crash(TestRun.partitions(2), Selector.NOBODY))
                        .during(1250, 4250, sample(kind).fault)
                        .until(8000);
        assertThat(run.count(FaultSkipped.class) > 0).isEqualTo(takesOut);
        assertThat(run.count(PartitionDown.class)).isOne();
        assertThat(run.count(FaultHealed.class)).isEqualTo(run.count(FaultInjected.class) - 1);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void neverTakesEffectWithNothingToChange(Class<?> kind) {
        var sample = sample(kind);
        var run = quiet();
        sample.mask.forEach(fault -> run.at(1000, fault));
        run.during(2000, 4000, sample.inert).until(8000);
        assertThat(run.count(FaultInjected.class)).isEqualTo(sample.mask.size() + 1);
        assertThat(run.trace().all(FaultTookEffect.class))
                .hasSize(sample.mask.size())
                .doesNotContain(new FaultTookEffect(sample.mask.size()));
    }

    /// The beginning of the second is posted at the start, the end of the first at 1000.
    @Test
    void whatEndsAtAnInstantHasEndedBeforeAnythingBeginsThere() {
        var run = quiet().during(1000, 2000, crash()).during(2000, 3000, crash()).until(4000);
        assertThat(run.brief(FaultInjected.class, FaultHealed.class))
                .map(line -> line.substring(0, line.indexOf(" crash")))
                .containsExactly(
                        "1000 FaultInjected 0",
                        "2000 FaultHealed 0",
                        "2000 FaultInjected 1",
                        "3000 FaultHealed 1");
    }

    /// Each keeps its own chances whether or not the other is there, and whether or not the other
    /// has lost the message already.
    @Test
    void twoLossesLoseWhatEitherWouldLose() {
        var one = lost(0, 60_000, 90_000, 90_000);
        var other = lost(90_000, 90_000, 0, 60_000);
        var both = lost(0, 60_000, 0, 60_000);
        var either = new TreeSet<>(one);
        either.addAll(other);
        assertThat(both).containsExactlyElementsOf(either);
        assertThat(both.size()).isGreaterThan(one.size()).isLessThan(one.size() + other.size());
    }

    /// When heartbeats of `n1` are lost by two faults that lose every second message.
    private static List<Long> lost(long from, long to, long otherFrom, long otherTo) {
        return quiet()
                .during(from, to, loss(0.5))
                .during(otherFrom, otherTo, loss(0.5))
                .until(60_000)
                .trace()
                .stream()
                .filter(e -> e.what() instanceof MessageDropped)
                .map(e -> e.time().nanos() / 1_000_000)
                .toList();
    }

    /// Only heartbeats are sent, and nobody is suspected.
    private static TestRun quiet() {
        return new TestRun(patient(Settings.of(4).topology("regions", REGIONS)));
    }

    /// Late and lost messages and a workload, but nobody is suspected, so that what happens on one
    /// node has no consequence on another.
    private static ModelSettings noisy() {
        return patient(Settings.of(4).topology("regions", REGIONS))
                .with(Settings.network(new Uniform(1e6, 90e6), new Probability(0.1)))
                .with(Settings.workload(20, new Exponential(20e6)));
    }

    private static Settings patient(Settings settings) {
        return settings.with(
                new HeartbeatTimeout(
                        Duration.ofMillis(500),
                        Duration.ofHours(1),
                        Duration.ofHours(2),
                        Duration.ofMillis(100)));
    }

    private static void assertIntact(TestRun run) {
        var world = run.world();
        for (var node : world.nodes()) {
            assertThat(node.isUp()).as(node + " is up").isTrue();
            for (var peer : world.nodes()) {
                assertThat(world.network().connects(node, peer))
                        .as(node + " reaches " + peer)
                        .isTrue();
            }
        }
    }

    private static long heartbeatsOfN1(TestRun run, long from, long to) {
        return run.trace().stream()
                .filter(e -> isWithin(e, from, to))
                .filter(e -> isHeartbeatOfN1(e.what()))
                .count();
    }

    /// How many heartbeats of `n1` were sent then, and arrived sooner or later.
    private static long sentByN1(TestRun run, long from, long to) {
        return run.trace().stream()
                .filter(e -> isHeartbeatOfN1(e.what()))
                .mapToLong(e -> e.time().nanos() - ((MessageDelivered) e.what()).delay().toNanos())
                .filter(sent -> sent >= from * 1_000_000 && sent <= to * 1_000_000)
                .count();
    }

    private static boolean isHeartbeatOfN1(Object what) {
        return what instanceof MessageDelivered(var kind, var node, _, _)
                && kind == MessageKind.HEARTBEAT
                && node.equals(N1);
    }

    private static boolean isWithin(Trace.Entry entry, long from, long to) {
        long nanos = entry.time().nanos();
        return nanos >= from * 1_000_000 && nanos <= to * 1_000_000;
    }

    private static Stream<Observed> after(TestRun run, long since) {
        return run.trace().stream()
                .filter(e -> isWithin(e, since, FOREVER))
                .map(e -> (Observed) e.what());
    }

    /// What became of the messages that a node sent, and of the operations asked of its partition.
    private static List<String> about(TestRun run, int rank) {
        var node = new NodeId("n" + rank);
        var said = new ArrayList<String>();
        for (var entry : run.trace()) {
            boolean concerns =
                    switch ((Observed) entry.what()) {
                        case MessageDelivered(_, var from, _, _) -> from.equals(node);
                        case MessageDropped(_, var from, _, _) -> from.equals(node);
                        case OperationCompleted(var id, _) -> id.equals(new PartitionId(rank));
                        default -> false;
                    };
            if (concerns) {
                said.add(entry.toString());
            }
        }
        return said;
    }

    private static int indexOf(List<Trace.Entry> entries, Predicate<Object> wanted) {
        for (int i = 0; i < entries.size(); i++) {
            if (wanted.test(entries.get(i).what())) {
                return i;
            }
        }
        throw new AssertionError("not found in " + entries);
    }
}
