package io.faultline.model.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.faultline.kernel.random.Exponential;
import io.faultline.kernel.random.Uniform;
import io.faultline.model.ClockStep;
import io.faultline.model.Kind;
import io.faultline.model.Probability;
import io.faultline.model.Settings;
import io.faultline.model.TestRun;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.detector.HeartbeatTimeout;
import io.faultline.model.ghost.GhostSettings;
import io.faultline.model.network.Message;
import io.faultline.model.network.MessageKind;
import io.faultline.model.observation.Observed.FaultHealed;
import io.faultline.model.observation.Observed.FaultInjected;
import io.faultline.model.observation.Observed.FaultTookEffect;
import io.faultline.model.observation.Observed.MessageDelivered;
import io.faultline.model.observation.Observed.MessageDropped;
import io.faultline.model.recovery.RecoveryPhase;
import io.faultline.model.script.Confirm;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What every kind of fault promises, in a system in which all goes on at once. A new kind needs an
/// example here, which takes effect within twenty seconds.
class EveryFaultTest {

    private static final List<Fault> EXAMPLES =
            List.of(
                    new Bridge(nodes("n2"), Selector.NOBODY),
                    new ClockDrift(nodes("n1"), 1000),
                    new ClockSkew(nodes("n1", "coordinator"), new ClockStep(500_000_000)),
                    new ClockOscillation(nodes("n1"), 1000, Duration.ofSeconds(3)),
                    new CloggedLink(
                            Optional.of(new Exponential(1e9)),
                            Optional.of(new Exponential(1e9)),
                            List.of(),
                            nodes("n1", "n2"),
                            Selector.NOBODY),
                    new Crash(List.of(), nodes("n1")),
                    new FailingRecovery(List.of(), Optional.empty(), RecoveryPhase.REBALANCING),
                    new FailureTrace(
                            List.of(
                                    new Outage(
                                            new NodeId("n1"),
                                            Duration.ZERO,
                                            Optional.of(Duration.ofSeconds(1))),
                                    new Outage(
                                            new NodeId("n4"),
                                            Duration.ofMillis(500),
                                            Optional.empty()))),
                    new Flapping(
                            nodes("n1"),
                            new Exponential(1e9),
                            new Exponential(1e9),
                            Flapping.By.CRASH),
                    new GracefulStop(nodes("n1")),
                    new MemoryPressure(nodes("n1"), half(), new Uniform(0, 400e6)),
                    new Restart(nodes("n1", "n4"), new Exponential(1e9), true),
                    new SlowNode(nodes("n1", "coordinator"), 3, Duration.ofMillis(2)),
                    new ThreadStarvation(nodes("n1"), 2, 5),
                    new Isolation(nodes("n1", "n4"), Isolation.Direction.OUT),
                    new MajoritiesRing(Selector.of(Mode.ALL)),
                    new MessageCorruption(half(), List.of(), Selector.NOBODY, nodes("n1")),
                    new MessageDelay(
                            new Exponential(100e6), List.of(), nodes("n1"), Selector.NOBODY),
                    new MessageDuplication(
                            half(),
                            2,
                            new Exponential(2e9),
                            List.of(),
                            Selector.NOBODY,
                            Selector.NOBODY),
                    new MessageHold(
                            Optional.of(Duration.ofSeconds(3)),
                            List.of(),
                            nodes("n1"),
                            Selector.NOBODY),
                    new MessageLoss(half(), List.of(), Selector.NOBODY, nodes("n1")),
                    new MessageReordering(
                            half(),
                            new Uniform(0, 2e9),
                            List.of(),
                            Selector.NOBODY,
                            Selector.NOBODY),
                    new NetworkSplit(List.of(List.of(new NodeId("n1"), new NodeId("n4"))), true),
                    new PartialSplit(nodes("n1", "n2"), nodes("n3", "coordinator")),
                    new Pause(nodes("n1")),
                    new RegionSplit(List.of("r1")),
                    new Swizzle(Selector.of(Mode.MAJORITY), Duration.ofSeconds(15)),
                    new Wipe(nodes("n1", "n4")),
                    new ZoneSplit(List.of("z1")));

    private static Probability half() {
        return new Probability(0.5);
    }

    private static Selector nodes(String... names) {
        return Selector.of(Arrays.stream(names).map(NodeId::new).toList());
    }

    static List<Fault> examples() {
        return EXAMPLES;
    }

    /// Every two kinds: one within the other, one after the other but overlapping, and with a
    /// beginning or an end in common.
    private static Stream<Arguments> pairs() {
        return EXAMPLES.stream()
                .flatMap(one -> EXAMPLES.stream().map(other -> arguments(one, other)));
    }

    @Test
    void everyKindHasAnExample() {
        assertThat(EXAMPLES)
                .<Class<?>>map(Object::getClass)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Fault.class.getPermittedSubclasses())
                                .filter(kind -> kind != OwnFault.class)
                                .toList());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void isObservedWhenItBeginsTakesEffectAndEnds(Fault fault) {
        var run = busy(1).during(5000, 25_000, fault).until(30_000);
        assertThat(run.lines(List.of(FaultInjected.class)))
                .singleElement()
                .asString()
                .startsWith("5000 FaultInjected[fault=0, kind=" + Kind.name(fault));
        assertThat(run.count(FaultTookEffect.class)).isOne();
        assertThat(run.lines(List.of(FaultHealed.class)))
                .containsExactly("25000 FaultHealed[fault=0, kind=" + Kind.name(fault) + "]");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void changesNothingBeforeItsTime(Fault fault) {
        var without = busy(7).until(5000);
        var with = busy(7).during(5000, 25_000, fault).until(4999);
        int before = with.trace().size();
        assertThat(before).isGreaterThan(200);
        assertThat(with.trace().entries().toString())
                .isEqualTo(without.trace().entries().subList(0, before).toString());
    }

    /// Whether or not it has ended by itself.
    @ParameterizedTest
    @MethodSource("examples")
    void whatItDidIsUndoneWhenItEnds(Fault fault) {
        assertIntact(busy(1).during(5000, 25_000, fault));
        assertIntact(busy(1).during(5000, 9000, fault));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theSameSeedGivesTheSameRun(Fault fault) {
        assertThat(busy(3).during(5000, 25_000, fault).until(40_000).simulation().fingerprint())
                .isEqualTo(
                        busy(3).during(5000, 25_000, fault)
                                .until(40_000)
                                .simulation()
                                .fingerprint());
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void overlapsWithEveryOtherAndBothAreUndone(Fault one, Fault other) {
        assertIntact(
                busy(1).during(5000, 9000, one)
                        .during(6000, 11_000, other)
                        .during(12_000, 18_000, one)
                        .during(13_000, 15_000, other)
                        .during(20_000, 22_000, one)
                        .during(20_000, 24_000, other)
                        .during(26_000, 30_000, one)
                        .during(28_000, 30_000, other));
    }

    /// Long after the faults, every node is up and hears each message of every other once, in the
    /// usual time.
    private static void assertIntact(TestRun run) {
        run.until(PROBE - 1);
        var world = run.world();
        for (var node : world.nodes()) {
            assertThat(node.isUp()).as(node + " is up").isTrue();
        }
        int before = run.trace().size();
        run.simulation()
                .within(() -> {
                    for (var from : world.nodes()) {
                        for (var to : world.partitions()) {
                            world.network().send(from, to, new Message.Resume(to.id(), 0));
                        }
                    }
                });
        run.until(PROBE + 1000);
        var since = run.trace().entries().subList(before, run.trace().size());
        assertThat(since).noneMatch(e -> e.what() instanceof MessageDropped);
        var resumes =
                since.stream()
                        .filter(e ->
                                e.what() instanceof MessageDelivered(var kind, _, _, var delay)
                                        && kind == MessageKind.RESUME
                                        && delay.equals(LATENCY))
                        .toList();
        int nodes = world.nodes().size();
        assertThat(resumes).hasSize(nodes * PARTITIONS - PARTITIONS);
        for (int rank = 0; rank < PARTITIONS; rank++) {
            var node = new NodeId("n" + rank);
            assertThat(since)
                    .as("heartbeats of " + node)
                    .filteredOn(e ->
                            e.what() instanceof MessageDelivered(var kind, var from, _, var delay)
                                    && kind == MessageKind.HEARTBEAT
                                    && from.equals(node)
                                    && delay.equals(LATENCY))
                    .hasSize(2);
        }
    }

    private static final long PROBE = 120_250;
    private static final int PARTITIONS = 6;
    static final Duration LATENCY = Duration.ofMillis(5);

    /// Six partitions with heartbeats, ghosts, a barrier and a workload; nobody is suspected but
    /// P3, which is recovered now and then.
    static TestRun busy(long seed) {
        var settings =
                Settings.of(PARTITIONS)
                        .topology(
                                "regions",
                                List.of("r0", "r1", "r2"),
                                "network",
                                Settings.network(
                                        Settings.millis(LATENCY.toMillis()), Probability.NEVER))
                        .with(
                                new HeartbeatTimeout(
                                        Duration.ofMillis(500),
                                        Duration.ofHours(1),
                                        Duration.ofHours(2),
                                        Duration.ofMillis(100)))
                        .withBarrier(new Exponential(200e6))
                        .protocol(
                                "ghosts",
                                Optional.of(
                                        new GhostSettings(
                                                Duration.ofSeconds(1), Duration.ofMillis(500), 2)))
                        .with(Settings.workload(5, new Exponential(5e6)));
        var run = new TestRun(settings, seed);
        for (long at = 6000; at <= 30_000; at += 6000) {
            run.at(at, new Confirm(TestRun.partitions(3), Optional.empty()));
        }
        return run;
    }
}
