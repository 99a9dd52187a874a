package io.faultline.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.kernel.Agenda;
import io.faultline.report.invariant.Invariant;
import io.faultline.report.invariant.Law;
import io.faultline.report.verdict.Answer;
import io.faultline.scenario.campaign.LocalEngine;
import io.faultline.scenario.campaign.RunRecord;
import io.faultline.scenario.campaign.Task;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Whatever a seed draws, of all kinds of faults: no run breaks down, no law is broken, every
/// certificate is right, and a run that is made again is the same. With `-Pvalidation` that is
/// asked of ten thousand runs.
class SwarmSoakTest {

    private static final int RUNS =
            Integer.getInteger("soak", Boolean.getBoolean("validation") ? 10_000 : 24);

    private static final Set<String> LAWS =
            Invariant.all().stream()
                    .filter(Law.class::isInstance)
                    .map(Invariant::name)
                    .collect(Collectors.toUnmodifiableSet());

    private static final String FRAME =
            """
            apiVersion: faultline/v1
            name: soak
            phases: { warmup: 2s, chaos: 30s, quiet: 30s }
            swarm: { faults: 8 }
            """;

    /// Systems that between them have every part and both sides of most settings.
    static Stream<String> systems() {
        return Stream.of(
                """
                topology: { partitions: 12, network: { latency: 1ms..5ms } }
                protocol:
                  detector: { kind: heartbeat-timeout, heartbeat: 500ms, suspect: 2s, failure: 5s }
                  barrier: { timeout: 2s, work: 300ms..900ms, opens: release }
                  recovery: { maxConcurrent: 3, transfer: { bandwidth: 1MB/s, ingest: 1ms } }
                  ghosts: {}
                  balancer: { interval: 3s, threshold: 0.1 }
                  monitor: {}
                  dependencies: { of: { P1: [P0], P2: [P1] } }
                  handlers: { A: n0, B: coordinator }
                workload: { rate: 10/s, service: 2ms, onReject: { kind: retry, after: 50ms } }
                """,
                """
                topology:
                  partitions: 9
                  regions: [eu, us]
                  zones: 2
                  coordinator: eu
                  network: { latency: 2ms, roundTrips: { eu: { us: 80ms } }, loss: 1% }
                protocol:
                  detector:
                    kind: heartbeat-timeout
                    suspect: 1s
                    failure: 2500ms
                    watch: { kind: ring, neighbours: 2, accusers: 1 }
                  suspicion: { policy: counting, healing: by-heartbeat }
                  barrier: { timeout: 500ms, work: exponential(mean=300ms), opens: release }
                  census: { suspected: active, denominator: view }
                  recovery:
                    contention: collide
                    attempts: 1
                    pauseTimeout: 100ms
                    lockTimeout: 300ms
                    drain: after-success
                    requeueEscalated: true
                workload: { rate: 20/s, service: 2ms, discipline: concurrent }
                script:
                  - at: 9s
                    restart-recovery: { partition: P1 }
                budget: { maxDead: 4 }
                """,
                """
                topology: { partitions: 6, nodes: 4, network: { latency: exponential(mean=3ms) } }
                protocol:
                  detector:
                    kind: heartbeat-timeout
                    suspect: 2s
                    failure: 5s
                    watch: { kind: tree, fanOut: 3 }
                  barrier: { timeout: 2s, work: 300ms..900ms, onDeadline: proceed, poll: 50ms }
                  quorum: half-or-more
                  recovery:
                    strategy:
                      kind: cascading
                      sync: { takes: 20ms, failure: 70% }
                      transfer: { takes: 200ms, failure: 50% }
                    pause: flag
                    onPauseTimeout: abort
                    timeout: 2s
                    spread: 2
                  ghosts: {}
                  handlers: { A: n0, B: n3 }
                workload: { rate: 5/s, service: exponential(mean=20ms) }
                """,
                """
                topology: { partitions: 5 }
                protocol:
                  detector:
                    kind: heartbeat-timeout
                    suspect: 1s
                    failure: 2500ms
                    watch: full-mesh
                  suspicion: { healing: by-heartbeat }
                  quorum: ungated
                  recovery:
                    strategy: { kind: barrier-sync, sync: { takes: 20ms, failure: 30% } }
                    onLockTimeout: retry
                    backoff: { base: 0ms }
                    inProgress: holders
                script:
                  - at: 4s
                    operator-retry: { partition: P1 }
                  - at: 12s
                    operator-heal: { partition: P0 }
                """);
    }

    @ParameterizedTest
    @MethodSource("systems")
    void nothingThatASeedDrawsBreaksTheModel(String system) {
        var text = new Source("soak.yaml", FRAME + system);
        var scenario = new ScenarioParser(Judge.VOCABULARY).parse(text, Map.of());
        for (int seed = 1; seed <= RUNS / systems().count(); seed++) {
            check(scenario.withSeed(seed));
        }
    }

    private static void check(Scenario scenario) {
        var run = Run.of(scenario, "", "", Agenda.HEAP, _ -> {});
        var result = run.result();
        assertThat(run.failure()).as("seed %d", scenario.seed()).isEmpty();
        assertThat(result.verdict().judgements())
                .as("laws, seed %d", scenario.seed())
                .noneMatch(judgement ->
                        LAWS.contains(judgement.name()) && judgement.answer() != Answer.HELD);
        assertThat(result.findings())
                .as("certificates, seed %d", scenario.seed())
                .allMatch(finding -> finding.certificate().verify(result.trace()));
        var recorded = recorded(scenario);
        assertThat(recorded.exitCode())
                .as("%s, seed %d", recorded.findings(), scenario.seed())
                .isEqualTo(result.verdict().exitCode());
        assertThat(recorded.fingerprint())
                .as("fingerprint, seed %d", scenario.seed())
                .isEqualTo(result.fingerprint());
        assertThat(recorded.outcome()).isEqualTo(result.outcome());
    }

    /// The run as a search makes it: in another thread, with another queue of events.
    private static RunRecord recorded(Scenario scenario) {
        var text = ScenarioWriter.write(scenario);
        var task = new Task(0, text, List.of(), "./faultline run soak", scenario.seed(), false);
        var records = new ArrayList<RunRecord>();
        new LocalEngine(1).run(List.of(task).iterator(), records::add);
        return records.getFirst();
    }
}
