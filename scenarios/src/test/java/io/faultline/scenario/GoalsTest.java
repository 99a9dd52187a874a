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

import java.io.IOException;
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
                "views-agree|0%|{ at: 1s, message-loss: { messages: [heartbeat], from: [n1],"
                        + " to: [n3] } }",
            })
    void itsNeighbourDoesNot(String goal, String failure, String fault) {
        var result = run(failure, fault, goal);
        assertThat(judged(result, goal).answer()).isEqualTo(Answer.VIOLATED);
        assertThat(result.verdict().exitCode()).isEqualTo(3);
    }

    /// Five are reported, two can be recovered at once, and one is too many for a quorum.
    private static final String PARKED =
            """
            apiVersion: faultline/v1
            name: parked
            topology: { partitions: 5 }
            protocol: { suspicion: { policy: counting }, recovery: { maxConcurrent: 3 } }
            phases: { chaos: 5s, quiet: 20s }
            script:
              - { at: 0s, report: { partitions: [P0], times: 2 } }
              - { at: 10ms, report: { partitions: [P1], times: 2 } }
              - { at: 20ms, report: { partitions: [P2], times: 2 } }
              - { at: 30ms, report: { partitions: [P3], times: 2 } }
              - { at: 40ms, report: { partitions: [P4], times: 2 } }
            expect: { tolerates: [no-premature-escalation], eventually: [{ %s: { within: 10s } }] }
            """;

    @ParameterizedTest
    @CsvSource({"queue-drained", "failures-settled"})
    void recoveriesThatWaitForEachOtherReachNothingUntilAnOperatorMendsOne(String goal) {
        var parked = PARKED.formatted(goal);
        var violated = run(parse(parked));
        assertThat(judged(violated, goal).finding()).isEqualTo("not at all, due by 15.000s");
        assertThat(violated.verdict().exitCode()).isEqualTo(3);
        var mended =
                parked.replace(
                        "expect:", "  - { at: %s, operator-heal: { partition: P4 } }\nexpect:");
        var held = run(parse(mended.formatted("1s")));
        assertThat(judged(held, goal).finding())
                .isEqualTo(
                        goal.equals("queue-drained")
                                ? "since 1.000s, due by 15.000s"
                                : "since 1.225s, due by 15.000s");
        assertThat(held.verdict().exitCode()).isZero();
        var late = run(parse(mended.formatted("16s")));
        assertThat(judged(late, goal).finding()).startsWith("only since 16.");
        assertThat(late.verdict().exitCode()).isEqualTo(3);
    }

    @Test
    void whoIsLeftToAnOperatorIsSettledAndNotHealthy() {
        assertThat(run("100%", CRASH, "failures-settled").verdict().exitCode()).isZero();
        assertThat(run("100%", CRASH, "all-healthy").verdict().exitCode()).isEqualTo(3);
    }

    @Test
    void theSummarySaysSinceWhenAndWhenItWasDue() throws IOException {
        var text = new StringBuilder();
        new TextSummary(false).print(run("0%", CRASH, "throughput-restored"), text);
        assertThat(text)
                .contains("eventually throughput-restored")
                .contains("since 13.000s, due by 35.000s");
    }

    /// The two on the other side of the split are not asked, nor is the handler who is with them.
    @Test
    void whomASplitKeepsOutNeedNotAgree() {
        var split = run("0%", "{ at: 1s, network-split: { groups: [[n3, n4]] } }", "views-agree");
        assertThat(judged(split, "views-agree").answer()).isEqualTo(Answer.HELD);
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
        var yaml =
                SYSTEM.formatted("0%", CRASH, goal).replace(with, without == null ? "" : without);
        assertThatThrownBy(() -> parse(yaml))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("'%s' needs %s".formatted(goal, why));
    }

    @ParameterizedTest
    @CsvSource({"rounds-complete", "throughput-restored", "all-healthy"})
    void shrinkingKeepsTheGoalAndWhatItIsAbout(String goal) {
        var big =
                SYSTEM.formatted("100%", CRASH, goal)
                        .replace(
                                "observe:",
                                "  - { at: 3s, crash: { partitions: [P3] } }\nobserve:");
        var shrunk = Shrink.of(parse(big), () -> false).orElseThrow();
        assertThat(shrunk.signature().text()).isEqualTo("violated (liveness): eventually " + goal);
        System.out.println("SS " + shrunk.yaml().replace("\n", "\nSS "));
        assertThat(shrunk.scenario().faults()).hasSize(1);
        assertThat(shrunk.scenario().expect().eventually())
                .extracting(Eventually::goal)
                .containsExactly(goal);
        assertThat(Signature.of(Run.of(parse(shrunk.yaml()), "", "")))
                .isEqualTo(shrunk.signature());
    }
}
