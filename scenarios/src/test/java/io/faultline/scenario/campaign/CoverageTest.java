package io.faultline.scenario.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed.PhaseEntered;
import io.faultline.model.recovery.RecoveryPhase;
import io.faultline.scenario.Judge;
import io.faultline.scenario.Run;
import io.faultline.scenario.ScenarioParser;
import io.faultline.scenario.Source;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;

class CoverageTest {

    /// P1 fails about five seconds after its crash, and its recovery is in each phase for two.
    private static final String TWO =
            """
            apiVersion: faultline/v1
            name: two
            topology: { partitions: 6 }
            protocol:
              detector:
                { kind: heartbeat-timeout, heartbeat: 500ms, suspect: 2s, failure: 5s, check: 100ms }
              recovery:
                phases: { detecting: 2s, redistributing: 2s, rebalancing: 2s, validating: 2s }
            phases: { chaos: 40s }
            faults:
              - at: 5s
                crash: { partitions: [P1] }
              - at: %s
                crash: { partitions: [P4] }
            """;

    private static final String SECOND = "  - at: %s";
    private static final String ALONE = TWO.substring(0, TWO.indexOf(SECOND));

    @Test
    void aNodeThatIsDownMeetsTheRecoveriesOfOthersAndNotItsOwn() {
        assertThat(of(ALONE).runs()).isEqualTo(Map.of("crash", Map.of("calm", 1L)));
        assertThat(coverage("6s").runs().get("crash")).containsOnlyKeys(Coverage.phases());
        var late = coverage(at(RecoveryPhase.REBALANCING, 1));
        assertThat(late.runs().get("crash")).containsOnlyKeys("calm", "rebalancing", "validating");
        assertThat(coverage(at(RecoveryPhase.REBALANCING, 0))).isEqualTo(late);
        assertThat(late.missing(List.of("crash", "network-split")))
                .containsEntry("crash", List.of("detecting", "redistributing"))
                .containsEntry("network-split", Coverage.phases());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wipe: { nodes: [n1] }",
                "graceful-stop: { nodes: [n1] }",
                "restart: { nodes: [n1], takes: 20s }"
            })
    void soIsOneThatGoesDownInAnotherWay(String fault) {
        var busy =
                ALONE.replace(
                        "\nphases: {", "\nworkload: { rate: 10/s, service: 300ms }\nphases: {");
        var runs = of(busy.replace("crash: { partitions: [P1] }", fault)).runs();
        assertThat(runs.get(fault.substring(0, fault.indexOf(':')))).containsOnlyKeys("calm");
    }

    @ParameterizedTest
    @ValueSource(strings = {"graceful-stop: {", "crash: {", "wipe: {", "restart: { takes: 20s,"})
    void aNodeWithoutPartitionsMeetsTheRecoveriesOfOthers(String fault) {
        var runs =
                of(TWO.formatted(
                                "6s\n    "
                                        + fault
                                        + " nodes: { role: coordinator } }\n  - at: 39s"))
                        .runs();
        assertThat(runs.get(fault.substring(0, fault.indexOf(':')))).containsKey("calm");
    }

    @Test
    void aFaultThatLastsMeetsEveryPhaseUntilItsEnd() {
        var detecting = at(RecoveryPhase.DETECTING, 0);
        assertThat(duplicating(TWO, "1s..30s")).containsOnlyKeys(Coverage.phases());
        assertThat(duplicating(TWO, "1s.." + detecting)).containsOnlyKeys("calm");
        assertThat(duplicating(TWO, "1s.." + at(RecoveryPhase.DETECTING, 1)))
                .containsOnlyKeys("calm", "detecting");
        assertThat(duplicating(TWO, "1s.." + at(RecoveryPhase.REDISTRIBUTING, 0)))
                .containsOnlyKeys("calm", "detecting");
        assertThat(
                        duplicating(
                                TWO,
                                at(RecoveryPhase.REDISTRIBUTING, 0)
                                        + ".."
                                        + at(RecoveryPhase.VALIDATING, 0)))
                .containsOnlyKeys("redistributing", "rebalancing");
        assertThat(duplicating(TWO, "30s..31s")).containsOnlyKeys("calm");
    }

    @Test
    void aPhaseWithoutLengthIsMetAtItsInstant() {
        var hasty = TWO.replace("rebalancing: 2s", "rebalancing: 0s");
        var end = at(RecoveryPhase.REBALANCING, 0);
        assertThat(duplicating(hasty, "1s..30s")).containsOnlyKeys(Coverage.phases());
        assertThat(duplicating(hasty, at(RecoveryPhase.REDISTRIBUTING, 0) + ".." + end))
                .containsOnlyKeys("redistributing");
        assertThat(of(hasty.formatted(end)).runs().get("crash"))
                .containsOnlyKeys("calm", "rebalancing", "validating");
    }

    /// When the recovery of P1 enters a phase, and so much later.
    private static String at(RecoveryPhase phase, long nanos) {
        var entered =
                trace(ALONE).stream()
                        .filter(entry ->
                                entry.what() instanceof PhaseEntered(_, var its, _) && its == phase)
                        .findFirst()
                        .orElseThrow();
        return entered.time().nanos() + nanos + "ns";
    }

    private static Map<String, Long> duplicating(String scenario, String during) {
        var alone = scenario.substring(0, scenario.indexOf(SECOND));
        return of(alone + "  - during: " + during + "\n    message-duplication: {}\n")
                .runs()
                .get("message-duplication");
    }

    @Test
    void eachTimeThatAFaultStrikesIsCounted() {
        var again = TWO.replace("at: %s", "every: 14s\n    times: 2\n    for: 1s");
        assertThat(of(again).runs().get("crash")).hasSizeGreaterThan(1).containsKey("calm");
        assertThat(of(again.replace("every: 14s", "every: 100ms")).runs().get("crash"))
                .containsOnlyKeys("calm");
    }

    @Test
    void whatIsNewIsSeen() {
        assertThat(coverage("14s").isNewTo(coverage("39s"))).isTrue();
        assertThat(coverage("39s").isNewTo(coverage("14s"))).isFalse();
        assertThat(coverage("6s").merge(coverage("6s")).runs().get("crash"))
                .containsEntry("calm", 2L);
    }

    private static Coverage coverage(String second) {
        return of(TWO.formatted(second));
    }

    private static Coverage of(String yaml) {
        return Coverage.of(trace(yaml));
    }

    private static Trace trace(String yaml) {
        var scenario =
                new ScenarioParser(Judge.VOCABULARY).parse(new Source("two", yaml), Map.of());
        return Run.of(scenario, "", "").result().trace();
    }
}
