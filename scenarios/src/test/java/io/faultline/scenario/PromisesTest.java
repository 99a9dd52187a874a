package io.faultline.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.report.verdict.Answer;
import io.faultline.report.verdict.Judgement;
import io.faultline.report.verdict.Verdict;

import org.junit.jupiter.api.Test;

import java.util.Map;

/// A promise of the protocol may be broken where the scenario says so, and only there.
class PromisesTest {

    private static final String BREAKS =
            """
            apiVersion: faultline/v1
            name: promises
            topology: { partitions: 3 }
            protocol:
              suspicion: { policy: counting }
              recovery: { pauseTimeout: 500ms, onPauseTimeout: proceed }
            phases: { chaos: 5s }
            script:
              - { at: 0s, operation: { partition: P0, service: 3s } }
              - { at: 100ms, report: { partitions: [P1], times: 2 } }
            """;

    private static final String KEEPS = BREAKS.replace("3s", "300ms");

    @Test
    void breachThatNobodyNamesIsAViolation() {
        var verdict = verdict(BREAKS);

        assertThat(verdict.exitCode()).isEqualTo(1);
        assertThat(judgement(verdict, "redistribution-at-rest"))
                .isEqualTo(
                        "VIOLATED: at 0.650s: the entities of P1 were redistributed although 1"
                                + " partition had not come to rest");
    }

    @Test
    void scenarioThatIsThereToShowABreachHoldsWithIt() {
        var verdict = verdict(BREAKS + "expect: { breaks: [redistribution-at-rest] }");

        assertThat(verdict.exitCode()).isZero();
        assertThat(judgement(verdict, "breaks redistribution-at-rest"))
                .startsWith("HELD: broken 1 time: at 0.650s: ");
    }

    @Test
    void scenarioThatIsThereToShowABreachIsInconclusiveWithoutIt() {
        var verdict = verdict(KEEPS + "expect: { breaks: [redistribution-at-rest] }");

        assertThat(verdict.exitCode()).isEqualTo(2);
        assertThat(judgement(verdict, "breaks redistribution-at-rest"))
                .isEqualTo("INCONCLUSIVE: it was kept, so the run has not shown what it should");
    }

    @Test
    void toleratedBreachIsCountedAndHeldAgainstNobody() {
        var tolerant = "expect: { tolerates: [redistribution-at-rest] }";

        assertThat(judgement(verdict(BREAKS + tolerant), "tolerates redistribution-at-rest"))
                .startsWith("HELD: broken 1 time: at 0.650s: ");
        assertThat(judgement(verdict(KEEPS + tolerant), "tolerates redistribution-at-rest"))
                .isEqualTo("HELD: it was kept");
    }

    @Test
    void toTolerateSomethingIsToAskForNothing() {
        var idle =
                """
                apiVersion: faultline/v1
                name: idle
                topology: { partitions: 3 }
                phases: { chaos: 5s }
                expect: { tolerates: [bounded-queue] }
                """;

        assertThat(verdict(idle).answer()).isEqualTo(Answer.INCONCLUSIVE);
    }

    private static Verdict verdict(String text) {
        var scenario =
                new ScenarioParser(Judge.VOCABULARY)
                        .parse(new Source("promises.yaml", text), Map.of());
        return Run.of(scenario, "replay", "test").result().verdict();
    }

    private static String judgement(Verdict verdict, String name) {
        return verdict.judgements().stream()
                .filter(judgement -> judgement.name().equals(name))
                .map(PromisesTest::text)
                .findFirst()
                .orElse("not judged");
    }

    private static String text(Judgement judgement) {
        return judgement.answer() + ": " + judgement.finding();
    }
}
