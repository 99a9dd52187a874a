package io.faultline.scenario.campaign;

import io.faultline.scenario.Judge;
import io.faultline.scenario.Scenario;
import io.faultline.scenario.ScenarioParser;
import io.faultline.scenario.Source;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// A small scenario that fails with some seeds: heartbeats are lost by chance, and nobody must be
/// suspected.
final class Lossy {

    static final String TEXT =
            """
            apiVersion: faultline/v1
            name: lossy
            topology: { partitions: 4, network: { latency: 1ms..5ms } }
            protocol:
              detector: { kind: heartbeat-timeout, heartbeat: 500ms, suspect: 1600ms, failure: 5s }
            phases: { chaos: 20s, quiet: 5s }
            faults:
              - during: 2s..15s
                message-loss: { chance: 25%, messages: [heartbeat], from: [n1, n2] }
              - at: 10s
                crash: { partitions: [P3] }
            expect:
              never: [suspicion-withdrawn]
              sometimes: [partition-failed]
              tolerates: [no-false-failure, no-premature-escalation]
            """;

    private Lossy() {}

    static Scenario scenario() {
        return scenario(Map.of());
    }

    static Scenario scenario(Map<String, String> sets) {
        return new ScenarioParser(Judge.VOCABULARY).parse(new Source("lossy", TEXT), sets);
    }

    static Search.Plan plan(String seeds) {
        return plan(seeds, OptionalLong.empty(), OptionalLong.empty());
    }

    static Search.Plan plan(String seeds, OptionalLong failures, OptionalLong stable) {
        return plan(scenario(), Seeds.parse(seeds), failures, stable);
    }

    static Search.Plan plan(Scenario scenario, Seeds seeds) {
        return plan(scenario, seeds, OptionalLong.empty(), OptionalLong.empty());
    }

    private static Search.Plan plan(
            Scenario scenario, Seeds seeds, OptionalLong failures, OptionalLong stable) {
        return new Search.Plan(
                scenario,
                List.of(),
                "./faultline run lossy.yaml",
                seeds,
                failures,
                stable,
                Optional.empty(),
                Task.SAMPLED);
    }
}
