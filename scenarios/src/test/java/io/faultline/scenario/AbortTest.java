package io.faultline.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.kernel.Agenda;
import io.faultline.kernel.Outcome;
import io.faultline.kernel.SimTime;
import io.faultline.kernel.Simulation;
import io.faultline.kernel.entity.Entity;
import io.faultline.kernel.entity.Kronos;
import io.faultline.report.Result;
import io.faultline.report.metric.Count;
import io.faultline.report.metric.Latency;
import io.faultline.report.metric.Metric;
import io.faultline.report.metric.Peak;
import io.faultline.report.metric.Share;
import io.faultline.report.verdict.Answer;
import io.faultline.report.verdict.Concern;
import io.faultline.report.verdict.Judgement;
import io.faultline.report.verdict.Threshold;
import io.faultline.scenario.campaign.Repetition;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

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

    @Entity
    static class Stopper {
        public void stop() {
            Kronos.stop();
        }
    }

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
    void aRunThatIsOverWhenItsThresholdMayEndItHasEndedByItself() {
        assertThat(run("{ threshold: p99<1s, abortOnFail: true, delayAbortEval: 40s }").outcome())
                .isEqualTo(run(PLAIN).outcome());
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
    void aRunWhoseBudgetIsUsedUpDecidesNoMoreThanOneThatIsEndedSo() {
        var parser = new ScenarioParser(Judge.VOCABULARY);
        var source = new Source("abort.yaml", HEAD.formatted("max<1h"));
        var scenario = parser.parse(source, Map.of("limits.events", "100"));
        var result = Run.of(scenario, "replay", "test").result();

        assertThat(result.outcome().ending()).isEqualTo(Outcome.Ending.BUDGET);
        assertThat(result.verdict().exitCode()).isEqualTo(2);
        assertThat(result.verdict().judgements())
                .filteredOn(judgement -> judgement.concern() != Concern.COVERAGE)
                .extracting(Judgement::answer)
                .doesNotContain(Answer.VIOLATED);
        assertThat(judged(result, "status-changed {partition: P1, to: failed}").finding())
                .startsWith("not decided yet at ");
    }

    @Test
    void aStopAtAWholeSecondIsTheEndAlthoughThresholdsAreLookedAt() {
        var simulation = new Simulation(1);
        var stopper = new Stopper();
        simulation.within(() -> Kronos.after(seconds(2).nanos(), () -> stopper.stop()));
        var ended = AbortWatch.of(scenario(ABORTS)).run(simulation);

        assertThat(ended.outcome().ending()).isEqualTo(Outcome.Ending.STOPPED);
        assertThat(ended.outcome().clock()).isEqualTo(seconds(2));
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

    /// A scenario of which the seed draws what goes wrong, and a threshold that may end it.
    private static Scenario random(long seed, String thresholds) {
        var source =
                """
                apiVersion: faultline/v1
                name: random-abort
                seed: %d
                topology: { partitions: 6, regions: [eu, us], network: { latency: 1ms..5ms, loss: 1%% } }
                protocol:
                  detector: { kind: heartbeat-timeout, heartbeat: 500ms, suspect: 1s, failure: 2500ms }
                  barrier: { timeout: 2s, work: 300ms..900ms }
                  handlers: { A: n0, B: n3 }
                  monitor: { poll: 1s }
                workload: { rate: 5/s, service: 4ms }
                phases: { warmup: 2s, chaos: 30s, quiet: 10s, verify: 3s }
                swarm: { faults: 12 }
                thresholds:
                %s
                """
                        .formatted(seed, thresholds);
        return new ScenarioParser(Judge.VOCABULARY)
                .parse(new Source("random-abort.yaml", source), Map.of());
    }

    /// One that is likely to fail at some time, and chances to be of a part.
    private static String threshold(Metric metric, Random random) {
        var condition =
                switch (metric) {
                    case Latency _ ->
                            List.of("count<3", "max<1500ms", "p50<900ms", "mean<2s", "p99<40ms")
                                    .get(random.nextInt(5));
                    case Count _ -> "<" + random.nextInt(1, 8);
                    case Peak _ -> "<" + random.nextInt(1, 4);
                    case Share _ -> ">" + random.nextInt(80, 100) + "%";
                };
        var tags =
                List.of("", "{during:chaos}", "{during:quiet}", "{region:us}", "{partition:P2}")
                        .stream()
                        .filter(tag ->
                                tag.length() < 2
                                        || metric.tags().stream()
                                                .anyMatch(has -> tag.startsWith("{" + has.label())))
                        .toList();
        return "  \"%s%s\": [{ threshold: \"%s\", abortOnFail: true, delayAbortEval: %ds }]%n"
                .formatted(
                        metric.name(),
                        tags.get(random.nextInt(tags.size())),
                        condition,
                        random.nextInt(3));
    }

    /// The end of the run if all were measured anew at every second.
    private static SimTime plainly(Scenario scenario) {
        var phases = scenario.phases();
        var simulation = Run.ready(scenario, "again", Agenda.LADDER);
        for (int second = 1; seconds(second).isBefore(phases.end()); second++) {
            simulation.runUntil(seconds(second));
            for (var measured : scenario.thresholds().entrySet()) {
                var part = Judge.part(measured.getKey());
                var condition = measured.getValue().getFirst();
                var found = part.of(simulation.trace(), Judge.frame(scenario));
                if (!phases.at(condition.delayAbortEval()).isAfter(seconds(second))
                        && Threshold.parse(part, condition.threshold()).judge(found).answer()
                                == Answer.VIOLATED) {
                    return seconds(second);
                }
            }
        }
        return phases.end();
    }

    @Test
    void theRunEndsAtTheFirstSecondAtWhichMeasuringAllAnewWouldEndIt() {
        var ends = new HashMap<String, Set<SimTime>>();
        int early = 0;
        int late = 0;
        for (long seed = 1; seed <= 5; seed++) {
            var random = new Random(seed);
            for (var metric : Metric.all()) {
                var thresholds = threshold(metric, random);
                var scenario = random(seed, thresholds);
                var outcome = Run.of(scenario, "replay", "test").result().outcome();

                assertThat(outcome.clock())
                        .as("seed " + seed + thresholds)
                        .isEqualTo(plainly(scenario));
                early += outcome.ending() == Outcome.Ending.STOPPED ? 1 : 0;
                late += outcome.ending() == Outcome.Ending.STOPPED ? 0 : 1;
                ends.computeIfAbsent(metric.name(), _ -> new HashSet<>()).add(outcome.clock());
            }
        }
        assertThat(early).as("runs that ended early").isGreaterThan(30);
        assertThat(late).as("runs that did not").isGreaterThan(20);
        assertThat(ends.values().stream().mapToInt(Set::size).sum()).isGreaterThan(60);
    }
}
