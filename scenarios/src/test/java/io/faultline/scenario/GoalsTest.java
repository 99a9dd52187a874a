package io.faultline.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.report.Result;
import io.faultline.report.TextSummary;
import io.faultline.report.verdict.Answer;
import io.faultline.report.verdict.Judgement;
import io.faultline.scenario.campaign.Shrink;
import io.faultline.scenario.campaign.Signature;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

/// Systems that reach each goal, and their neighbours that do not.
class GoalsTest {

    private static final String SYSTEM =
            """
            apiVersion: faultline/v1
            name: goals
            topology: { partitions: 5, network: { latency: 1ms..3ms } }
            protocol:
              detector: { kind: heartbeat-timeout, heartbeat: 200ms, suspect: 1s, failure: 2s }
              barrier: { timeout: 2s, work: 300ms, onDeadline: proceed }
              handlers: { A: n0, B: n3 }
              recovery: { strategy: { kind: barrier-sync, sync: { takes: 40ms, failure: %s } } }
            workload: { rate: 50/s, service: 2ms }
            phases: { warmup: 10s, chaos: 10s, quiet: 30s }
            faults:
              - %s
            observe: { messages: false }
            expect:
              tolerates: [no-false-failure, no-premature-escalation, quorum-in-truth, live-owners]
              eventually: [{ %s: { within: 15s } }]
            """;
    private static final String CRASH = "{ at: 1s, crash: { partitions: [P1] } }";

    private static Result run(Scenario scenario) {
        return Run.of(scenario, "replay", "test").result();
    }

    private static Scenario parse(String yaml) {
        return new ScenarioParser(Judge.VOCABULARY).parse(new Source("goals.yaml", yaml), Map.of());
    }

    private static Result run(String failure, String fault, String goal) {
        return run(parse(SYSTEM.formatted(failure, fault, goal)));
    }

    private static Judgement judged(Result result, String goal) {
        return result.verdict().judgements().stream()
                .filter(judgement -> judgement.name().equals("eventually " + goal))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "all-healthy",
        "queue-drained",
        "failures-settled",
        "views-agree",
        "rounds-complete",
        "throughput-restored"
    })
    void whoRecoversFromACrashReachesIt(String goal) {
        var result = run("0%", CRASH, goal);
        System.out.println("XX " + goal + " " + judged(result, goal).finding());
        assertThat(judged(result, goal).answer()).isEqualTo(Answer.HELD);
        assertThat(result.verdict().exitCode()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "all-healthy|100%|{ at: 1s, crash: { partitions: [P1] } }",
                "rounds-complete|100%|{ at: 1s, crash: { partitions: [P1] } }",
                "throughput-restored|100%|{ at: 1s, crash: { partitions: [P1] } }",
                "views-agree|0%|{ at: 1s, network-split: { groups: [[n3, n4]] } }",
                "views-agree|0%|{ at: 1s, message-loss: { messages: [heartbeat], from: [n1],"
                        + " to: [n3] } }",
            })
    void itsNeighbourDoesNot(String goal, String failure, String fault) {
        var result = run(failure, fault, goal);
        System.out.println("YY " + goal + " " + judged(result, goal).finding());
        assertThat(judged(result, goal).answer()).isEqualTo(Answer.VIOLATED);
        assertThat(result.verdict().exitCode()).isEqualTo(3);
    }

    private static Result ofCatalogue(String name, String goal) {
        var expect =
                "{ tolerates: [no-false-failure, no-premature-escalation, quorum-in-truth,"
                        + " live-owners, bounded-queue], eventually: [{ "
                        + goal
                        + ": { within: auto } }] }";
        var source = Catalogue.load().find("failures/" + name);
        return run(
                new ScenarioParser(Judge.VOCABULARY).parse(source, Map.of("expect", expect)));
    }

    @ParameterizedTest
    @CsvSource({"queue-drained", "failures-settled"})
    void recoveriesThatAreParkedReachNothing(String goal) {
        var parked = ofCatalogue("parked-recoveries", goal);
        System.out.println("ZZ " + goal + " " + judged(parked, goal).finding());
        assertThat(parked.verdict().exitCode()).isEqualTo(3);
        var fixed = ofCatalogue("parked-recoveries-fixed", goal);
        System.out.println("ZZ " + goal + " " + judged(fixed, goal).finding());
        assertThat(fixed.verdict().exitCode()).isZero();
    }

    @Test
    void whoIsLeftToAnOperatorIsSettledAndNotHealthy() {
        assertThat(run("100%", CRASH, "failures-settled").verdict().exitCode()).isZero();
        assertThat(run("100%", CRASH, "all-healthy").verdict().exitCode()).isEqualTo(3);
    }

    @Test
    void theSummarySaysSinceWhenAndWhenItWasDue() {
        var text = new StringWriter();
        var out = new PrintWriter(text);
        assertThat(judged(run("0%", CRASH, "rounds-complete"), "rounds-complete").finding())
                .matches("since 2\\d\\.\\d{3}s, due by 35\\.000s");
        assertThat(new TextSummary(false)).isNotNull();
        assertThat(out).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "views-agree|handlers: { A: n0, B: n3 }|handlers: { A: n0 }|two handlers at least,"
                        + " whose views could differ, in protocol.handlers",
                "rounds-complete|barrier: { timeout: 2s, work: 300ms, onDeadline: proceed }||a"
                        + " barrier whose rounds could complete, in protocol.barrier",
                "throughput-restored|workload: { rate: 50/s, service: 2ms }||operations that could"
                        + " be completed, in workload",
            })
    void whatMeansNothingInASystemIsRefused(String goal, String with, String without, String why) {
        var yaml = SYSTEM.formatted("0%", CRASH, goal).replace(with, without == null ? "" : without);
        assertThatThrownBy(() -> parse(yaml))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("'%s' needs %s".formatted(goal, why));
    }

    @ParameterizedTest
    @CsvSource({"rounds-complete", "throughput-restored", "all-healthy"})
    void shrinkingKeepsTheGoalAndWhatItIsAbout(String goal) {
        var big =
                SYSTEM.formatted("100%", CRASH, goal)
                        .replace("observe:", "  - { at: 3s, crash: { partitions: [P3] } }\nobserve:");
        var shrunk = Shrink.of(parse(big), () -> false).orElseThrow();
        assertThat(shrunk.signature().text())
                .isEqualTo("violated (liveness): eventually " + goal);
        assertThat(shrunk.scenario().faults()).hasSize(1);
        assertThat(shrunk.scenario().expect().eventually())
                .extracting(Eventually::goal)
                .containsExactly(goal);
        assertThat(Signature.of(Run.of(parse(shrunk.yaml()), "", "")))
                .isEqualTo(shrunk.signature());
    }
}
