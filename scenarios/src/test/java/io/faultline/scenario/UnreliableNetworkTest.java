package io.faultline.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed;
import io.faultline.model.observation.Observed.AttemptFinished;
import io.faultline.model.observation.Observed.EntitiesMoved;
import io.faultline.model.observation.Observed.FaultTookEffect;
import io.faultline.model.observation.Observed.MessageDropped;
import io.faultline.model.observation.Observed.RoundCompleted;
import io.faultline.report.invariant.Invariant;
import io.faultline.report.invariant.Law;
import io.faultline.report.invariant.Rules;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/// Whatever the network does to messages of whatever kind, no law is broken: messages that come
/// twice, late, in another order or not at all, while partitions fail and are recovered.
class UnreliableNetworkTest {

    private static final int SYSTEMS = 60;

    private static IntStream systems() {
        return IntStream.rangeClosed(1, SYSTEMS);
    }

    @ParameterizedTest
    @MethodSource("systems")
    void breaksNoLaw(int system) {
        var scenario = scenario(system);
        var run = Run.of(scenario, "replay", "test");
        assertThat(run.failure()).isEmpty();
        var trace = run.result().trace();
        for (var law : laws()) {
            assertThat(law.check(trace, Rules.of(scenario.protocol()))).as(law.name()).isEmpty();
        }
    }

    /// Or else that would prove little.
    @Test
    void muchGoesOnMeanwhile() {
        var traces = systems().limit(20).mapToObj(UnreliableNetworkTest::trace).toList();
        assertThat(count(traces, FaultTookEffect.class)).isGreaterThan(4 * 20);
        assertThat(count(traces, MessageDropped.class)).isGreaterThan(15_000);
        assertThat(count(traces, RoundCompleted.class)).isGreaterThan(200);
        assertThat(count(traces, AttemptFinished.class)).isGreaterThan(60);
        assertThat(count(traces, EntitiesMoved.class)).isGreaterThan(150);
    }

    private static long count(List<Trace> traces, Class<? extends Observed> kind) {
        return traces.stream().mapToLong(trace -> trace.all(kind).count()).sum();
    }

    private static Trace trace(int system) {
        return Run.of(scenario(system), "replay", "test").result().trace();
    }

    private static List<Law> laws() {
        return Invariant.all().stream().filter(Law.class::isInstance).map(Law.class::cast).toList();
    }

    private static Scenario scenario(int system) {
        var yaml = yaml(new Random(system));
        return new ScenarioParser().parse(new Source("system-" + system + ".yaml", yaml), Map.of());
    }

    /// A system with some of all there is, and four faults of the network for all kinds of messages
    /// besides crashes.
    private static String yaml(Random random) {
        int partitions = 3 + random.nextInt(5);
        return """
        apiVersion: faultline/v1
        name: unreliable
        seed: %d
        topology: { partitions: %d, entities: 100, network: { latency: 1ms..9ms, loss: 1%% } }
        protocol:
          detector: { kind: heartbeat-timeout, suspect: 2s, failure: %s, watch: %s }
          suspicion: { policy: %s, confirm: 2s }
          barrier: { timeout: 2s, work: 100ms..500ms, onDeadline: %s }
          quorum: %s
          recovery:
            strategy: %s
            pause: %s
            onPauseTimeout: %s
            attempts: 3
            maxConcurrent: %d
            %s
          ghosts: { interval: 1s, timeout: 300ms }
          balancer: { interval: 5s }
          dependencies: { of: { P1: [P0], P2: [P1] } }
        workload: { rate: 10/s, service: 5ms, onReject: { kind: retry, after: 50ms } }
        phases: { warmup: 2s, chaos: 60s, quiet: 40s }
        faults:
          - during: 0s..60s
            message-duplication: { chance: %d%%, copies: %d, late: "exponential(mean=%dms)" }
          - during: 0s..60s
            message-reordering: { chance: %d%%, window: 0s..%ds }
          - during: 10s..50s
            message-delay: { extra: "exponential(mean=%dms)" }
          - during: 20s..55s
            message-loss: { chance: %d%% }
          - during: 8s..%ds
            crash: { partitions: [P%d] }
          - at: 25s
            crash: { partitions: [P%d] }
          - during: 40s..42s
            crash: { nodes: [%s] }
        """
                .formatted(
                        random.nextInt(1000),
                        partitions,
                        oneOf(random, "4s", "6s"),
                        oneOf(
                                random,
                                "coordinator",
                                "{ kind: ring, neighbours: 2 }",
                                "{ kind: full-mesh, accusers: 2 }",
                                "{ kind: tree, fanOut: 3 }"),
                        oneOf(random, "counting", "confirming"),
                        oneOf(random, "break", "proceed"),
                        oneOf(random, "strict-majority", "half-or-more", "ungated"),
                        oneOf(
                                random,
                                "phased",
                                "phased",
                                "{ kind: cascading, sync: { takes: 20ms, failure: 50% },"
                                        + " transfer: { takes: 200ms, failure: 50% } }"),
                        oneOf(random, "counted", "flag"),
                        oneOf(random, "proceed", "abort"),
                        1 + random.nextInt(3),
                        oneOf(
                                random,
                                "spread: 2",
                                "transfer: { entitySize: 10KB, bandwidth: 1MB/s, batch: 10 }",
                                "transfer: { entitySize: 1KB, bandwidth: 1MB/s, batch: 30 }"),
                        10 + random.nextInt(90),
                        1 + random.nextInt(3),
                        1 + random.nextInt(3000),
                        10 + random.nextInt(50),
                        1 + random.nextInt(4),
                        1 + random.nextInt(500),
                        random.nextInt(40),
                        9 + random.nextInt(20),
                        random.nextInt(partitions),
                        random.nextInt(partitions),
                        oneOf(random, "coordinator", "n1"));
    }

    private static String oneOf(Random random, String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
