package io.faultline.scenario.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.report.verdict.Answer;
import io.faultline.report.verdict.Concern;
import io.faultline.report.verdict.Judgement;
import io.faultline.report.verdict.Verdict;
import io.faultline.scenario.Catalogue;
import io.faultline.scenario.Judge;
import io.faultline.scenario.Run;
import io.faultline.scenario.ScenarioParser;
import io.faultline.scenario.Source;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

class SignatureTest {

    private static final String CRASH =
            """
            apiVersion: faultline/v1
            name: crash
            topology: { partitions: 5 }
            protocol:
              detector: { kind: heartbeat-timeout, heartbeat: 500ms, suspect: 2s, failure: 5s }
            phases: { chaos: 20s }
            faults:
              - at: %s
                crash: { partitions: [%s] }
            expect:
              never: [%s]
              observed: [{ at: %s, status-changed: { partition: %s, to: healthy } }]
            """;

    @Test
    void neitherPartitionsNorTimesMatter() {
        assertThat(signature("5s", "P1", "partition-failed", "17s"))
                .isEqualTo(signature("7s", "P3", "partition-failed", "18s"))
                .hasToString("violated (safety): never partition-failed ← status-changed");
    }

    /// What is not observed has no witness, and its sentence is in the findings.
    @Test
    void whatHasNoWitnessIsCalledByItsNameWithoutNumbers() {
        assertThat(signature("5s", "P1", "round-broken", "17s"))
                .isEqualTo(signature("7s", "P3", "round-broken", "18s"))
                .hasToString("violated (safety): status-changed {partition: P#, to: healthy} at #");
    }

    @Test
    void whatWentWrongMatters() {
        assertThat(signature("5s", "P1", "partition-failed", "17s"))
                .isNotEqualTo(signature("5s", "P1", "partition-suspected", "17s"));
        assertThat(signature("5s", "P1", "round-broken", "17s").text())
                .contains("status-changed")
                .doesNotContain("never");
    }

    @Test
    void whatIsOpenIsOfNoAccountBesideWhatIsViolated() {
        var open =
                new Judgement(
                        "a goal", Concern.LIVENESS, Answer.INCONCLUSIVE, "", OptionalInt.of(3));
        var violated = new Judgement("a threshold", Concern.THRESHOLD, Answer.VIOLATED, "");
        assertThat(Signature.first(new Verdict(List.of(open, violated)))).contains(violated);
        assertThat(Signature.first(new Verdict(List.of(open)))).contains(open);
    }

    @Test
    void aRunThatIsFineIsClean() {
        var worked = Catalogue.load().find("worked/sc-20-crash");
        var scenario = new ScenarioParser(Judge.VOCABULARY).parse(worked, Map.of());
        assertThat(Signature.of(Run.of(scenario, "", ""))).isEqualTo(Signature.CLEAN);
    }

    private static Signature signature(String at, String partition, String never, String seen) {
        var text = CRASH.formatted(at, partition, never, seen, partition);
        var scenario =
                new ScenarioParser(Judge.VOCABULARY).parse(new Source("crash", text), Map.of());
        return Signature.of(Run.of(scenario, "", ""));
    }
}
