package io.faultline.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.kernel.Agenda;
import io.faultline.kernel.Outcome;
import io.faultline.kernel.SimTime;
import io.faultline.report.Result;
import io.faultline.report.verdict.Answer;
import io.faultline.report.verdict.Judgement;
import io.faultline.scenario.campaign.Repetition;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Runs that end early because a threshold fails.
class AbortTest {

    /// Chaos begins at 2 s, P1 crashes at 3.3 s, is suspected 2 s and failed 5 s after its last
    /// heartbeat.
    private static final String HEAD =
            """
            apiVersion: faultline/v1
            name: abort
            topology: { partitions: 5, network: { latency: 1ms..3ms } }
            protocol:
              detector: { kind: heartbeat-timeout, heartbeat: 500ms, suspect: 2s, failure: 5s }
            phases: { warmup: 2s, chaos: 20s, quiet: 20s }
            faults: [{ at: 1300ms, crash: { partitions: [P1] } }]
            expect:
              always: [max-concurrent-recoveries]
              never: [quorum-lost]
              sometimes: [recovery-completed]
              eventually: [{ all-healthy: { within: 20s } }]
              observed:
                - { between: 1s..2s, node-crashed: { node: n1 } }
                - { status-changed: { partition: P1, to: failed } }
                - { count: 0, status-changed: { partition: P2 } }
            thresholds:
              failures: ["<5"]
              suspicion.latency: [%s]
            """;

    private static final String PLAIN = "p99<1s";
    private static final String ABORTS = "{ threshold: p99<1s, abortOnFail: true }";

    private static Scenario scenario(String condition) {
        return new ScenarioParser(Judge.VOCABULARY)
                .parse(new Source("abort.yaml", HEAD.formatted(condition)), Map.of());
    }

    private static Result run(String condition) {
        return Run.of(scenario(condition), "replay", "test").result();
    }

    private static SimTime seconds(int seconds) {
        return SimTime.of(Duration.ofSeconds(seconds));
    }

    private static Judgement judged(Result result, String name) {
        return result.verdict().judgements().stream()
                .filter(judgement -> judgement.name().startsWith(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aThresholdThatIsToEndTheRunDoesSoAtTheNextWholeSecond() {
        assertThat(run(PLAIN).outcome().clock()).isEqualTo(seconds(42));
        assertThat(run(ABORTS).outcome())
                .returns(Outcome.Ending.STOPPED, Outcome::ending)
                .returns(seconds(6), Outcome::clock);
    }

    @Test
    void aDelayHasTheRunGoOnUntilThen() {
        assertThat(
                        run("{ threshold: p99<1s, abortOnFail: true, delayAbortEval: 9500ms }")
                                .outcome()
                                .clock())
                .isEqualTo(seconds(12));
    }

    @Test
    void aThresholdThatHoldsEndsNothingAndLeavesTheRunAsItIs() {
        var plain = run("p99<9s");
        var watched = run("{ threshold: p99<9s, abortOnFail: true }");

        assertThat(watched.verdict().exitCode()).isZero();
        assertThat(watched.fingerprint()).isEqualTo(plain.fingerprint());
        assertThat(watched.outcome()).isEqualTo(plain.outcome());
    }

    @Test
    void untilItsEndTheRunIsTheSame() {
        var whole = run(PLAIN).trace().entries();
        var first = run(ABORTS).trace().entries();
        var until = whole.stream().filter(entry -> !entry.time().isAfter(seconds(6))).toList();

        assertThat(first).hasSizeBetween(10, whole.size() - 1).isEqualTo(until);
    }

    @Test
    void theVerdictSaysWhyTheRunEndedAndWhatIsNotDecided() {
        var result = run(ABORTS);

        assertThat(result.verdict().exitCode()).isEqualTo(4);
        assertThat(judged(result, "suspicion.latency").answer()).isEqualTo(Answer.VIOLATED);
        assertThat(judged(result, "the run was completed").finding())
                .isEqualTo("it was ended at 6.000s, since this failed: suspicion.latency p99<1s");
        for (var open :
                List.of(
                        "eventually",
                        "never",
                        "max-concurrent-recoveries",
                        "failures",
                        "sometimes",
                        "status-changed {partition: P1, to: failed}",
                        "no status-changed")) {
            assertThat(judged(result, open).answer()).as(open).isEqualTo(Answer.INCONCLUSIVE);
        }
        assertThat(judged(result, "never").finding()).startsWith("not decided yet at 6.000s: ");
        assertThat(judged(result, "node-crashed").answer()).isEqualTo(Answer.HELD);
        assertThat(judged(result, "faults took effect").answer()).isEqualTo(Answer.HELD);
    }

    @Test
    void whatWasViolatedBeforeIsGraver() {
        var source =
                HEAD.formatted(ABORTS)
                        .replace("never: [quorum-lost]", "never: [partition-suspected]");
        var scenario =
                new ScenarioParser(Judge.VOCABULARY)
                        .parse(new Source("abort.yaml", source), Map.of());

        assertThat(Run.of(scenario, "replay", "test").result().verdict().exitCode()).isEqualTo(1);
    }

    @Test
    void aRunThatEndsEarlyIsTheSameTwice() {
        var scenario = scenario(ABORTS);
        var repetition =
                Repetition.of(
                        agenda -> Run.ready(scenario, "again", agenda),
                        simulation -> Run.finish(scenario, simulation));

        assertThat(repetition.isSame()).isTrue();
        assertThat(repetition.first().fingerprint()).isEqualTo(run(ABORTS).fingerprint());
        assertThat(Run.ready(scenario, "again", Agenda.HEAP).executed())
                .isLessThan(repetition.first().events());
    }

    @Test
    void theReportsHaveThePartThatAThresholdAsksFor() {
        var source = HEAD.formatted("p99<9s").replace("failures:", "\"failures{partition:P1}\":");
        var scenario =
                new ScenarioParser(Judge.VOCABULARY)
                        .parse(new Source("abort.yaml", source), Map.of());
        var result = Run.of(scenario, "replay", "test").result();

        assertThat(result.measurements()).containsKey("failures{partition:P1}");
        assertThat(judged(result, "failures{partition:P1} <5").finding()).isEqualTo("measured 1");
    }
}
