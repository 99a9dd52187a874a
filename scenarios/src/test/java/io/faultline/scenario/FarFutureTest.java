package io.faultline.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.kernel.Agenda;
import io.faultline.kernel.Outcome.Ending;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;

/// What would be later than virtual time lasts does not happen, and breaks nothing down.
@Timeout(60)
class FarFutureTest {

    private static final String FRAME =
            """
            apiVersion: faultline/v1
            name: far
            phases: { warmup: 1s, chaos: 20s, quiet: 20s }
            expect: { eventually: [{ all-healthy: { within: auto } }] }
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Delays without a mean.
                """
                topology: { partitions: 3, network: { latency: "pareto(shape=0.02,scale=10ms)" } }
                protocol: { detector: { kind: heartbeat-timeout, suspect: 2s, failure: 4s } }
                """,
                // Attempts without end, and delays of which several make more than all time.
                """
                topology:
                  partitions: 3
                  network: { latency: 20000d, jitter: "weibull(shape=0.05,scale=1h)" }
                protocol:
                  detector: { kind: heartbeat-timeout, suspect: 2s, failure: 4s }
                  recovery: { attempts: 2147483647, backoff: { factor: 1 } }
                """,
                // The longest that can be written.
                """
                topology: { partitions: 3, network: { retransmit: 100d } }
                protocol:
                  detector: { kind: heartbeat-timeout, suspect: 2s, failure: 20000d }
                  barrier: { timeout: 20000d, work: 1s }
                faults:
                  - at: 2s
                    message-loss: { chance: 50% }
                """,
                // More to move than can ever be.
                """
                topology: { partitions: 3, entities: 1000000 }
                protocol:
                  detector: { kind: heartbeat-timeout, suspect: 2s, failure: 4s }
                  recovery: { transfer: { ingest: 10000d, entitySize: 1000000000GB, bandwidth: 1B/s } }
                faults:
                  - at: 2s
                    crash: { partitions: [P1] }
                """,
                // Faults that multiply, and a queue behind them.
                """
                topology: { partitions: 3, nodes: 1 }
                workload: { rate: 100/s, service: 80ms }
                faults:
                  - every: 1s
                    slow-node: { nodes: [n0], factor: 100 }
                """
            })
    void neverComes(String system) {
        var text = new Source("far.yaml", FRAME + system);
        var scenario = new ScenarioParser(Judge.VOCABULARY).parse(text, Map.of());
        for (var agenda : Agenda.values()) {
            var run = Run.of(scenario, "", "", agenda, _ -> {});
            assertThat(run.failure()).isEmpty();
            assertThat(run.result().outcome().ending()).isEqualTo(Ending.END_TIME);
        }
    }
}
