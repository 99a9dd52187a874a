package io.faultline.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.report.Result;
import io.faultline.report.verdict.Answer;
import io.faultline.report.verdict.Judgement;

import org.junit.jupiter.api.Test;

import java.util.Map;

/// What is expected of a run once nothing goes wrong any more.
class LivenessTest {

    private static final String HEAD =
            """
            apiVersion: faultline/v1
            name: liveness
            topology: { partitions: 5, network: { latency: 0ms } }
            protocol:
              detector: { kind: heartbeat-timeout, heartbeat: 500ms, suspect: 2s, failure: 5s }
            expect: { eventually: [{ all-healthy: { within: %s } }] }
            """;

    private static Result run(String within, String rest) {
        var source = new Source("liveness.yaml", HEAD.formatted(within) + rest);
        var scenario = new ScenarioParser(Judge.VOCABULARY).parse(source, Map.of());
        return Run.of(scenario, "replay", "test").result();
    }

    private static Judgement judged(String within, String rest) {
        return run(within, rest).verdict().judgements().stream()
                .filter(judgement -> judgement.name().equals("eventually all-healthy"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatIsDueBeforeVerifyMustBeTrueWhenVerifyBegins() {
        var crash =
                """
                faults: [{ at: 9s, crash: { partitions: [P1] } }]
                phases: { chaos: 10s, quiet: %s, verify: 10s }
                """;

        assertThat(judged("20s", crash.formatted("3s")))
                .returns(Answer.VIOLATED, Judgement::answer)
                .satisfies(j -> assertThat(j.finding()).contains("13.000s (when verify begins)"));
        assertThat(judged("20s", crash.formatted("10s"))).returns(Answer.HELD, Judgement::answer);
    }

    @Test
    void withoutVerifyTheTimeThatWasGivenIsAllThatCounts() {
        var crash =
                """
                faults: [{ at: 9s, crash: { partitions: [P1] } }]
                phases: { chaos: 10s, quiet: 15s }
                """;

        assertThat(judged("10s", crash)).returns(Answer.HELD, Judgement::answer);
    }

    @Test
    void theLimitThatWasWorkedOutIsPrintedAsASum() {
        var judged = judged("auto", "phases: { chaos: 10s, quiet: 60s }\n");

        assertThat(judged.finding()).contains("(detection ").contains(" + recovery ");
    }

    @Test
    void aSplitThatNeverHealsIsNotHeldAgainstThoseWhomItKeepsOut() {
        var judged =
                judged(
                        "10s",
                        """
                        faults: [{ at: 1s, network-split: { groups: [[n1, n2]] } }]
                        phases: { chaos: 10s, quiet: 20s }
                        """);

        assertThat(judged.answer()).isEqualTo(Answer.HELD);
        assertThat(judged.finding())
                .endsWith("judged on 3 of 5 partitions; P1, P2 are kept out by fault 0");
    }

    @Test
    void nothingCanBeAskedOfTheRestIfThatIsNoQuorum() {
        var judged =
                judged(
                        "10s",
                        """
                        faults: [{ at: 1s, network-split: { groups: [[n1, n2, n3]] } }]
                        phases: { chaos: 10s, quiet: 20s }
                        """);

        assertThat(judged.answer()).isEqualTo(Answer.INCONCLUSIVE);
        assertThat(judged.finding()).contains("no quorum: 2 of 5 partitions; P1, P2, P3 are");
    }

    @Test
    void aFaultThatOutlastsChaosDelaysWhatIsDueAndIsReported() {
        var result =
                run(
                        "10s",
                        """
                        faults: [{ during: 1s..14s, network-split: { groups: [[n1]] } }]
                        phases: { chaos: 10s, quiet: 30s }
                        """);

        assertThat(result.verdict().judgements())
                .anySatisfy(j ->
                        assertThat(j.finding())
                                .contains("due by 24.000s (fault 0 ended only at 14.000s"))
                .anySatisfy(
                        j -> assertThat(j.finding()).startsWith("1 of 1; fault 0 ended only at"));
    }

    @Test
    void aFaultThatEndsWithChaosOutlastsNothing() {
        var result =
                run(
                        "10s",
                        """
                        faults: [{ during: 1s..10s, network-split: { groups: [[n1]] } }]
                        phases: { chaos: 10s, quiet: 30s }
                        """);

        assertThat(result.verdict().judgements())
                .anySatisfy(j -> assertThat(j.finding()).endsWith("due by 20.000s"))
                .noneSatisfy(j -> assertThat(j.finding()).contains("ended only at"));
    }
}
