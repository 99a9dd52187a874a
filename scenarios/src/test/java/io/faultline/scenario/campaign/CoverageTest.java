package io.faultline.scenario.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.scenario.Judge;
import io.faultline.scenario.Run;
import io.faultline.scenario.ScenarioParser;
import io.faultline.scenario.Source;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class CoverageTest {

    /// Recovery of P1 begins at 12 s and is in each phase for two seconds.
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

    @Test
    void aFaultIsCountedInThePhaseInWhichItFirstChangesAnything() {
        assertThat(coverage("6s").runs()).isEqualTo(Map.of("crash", Map.of("calm", 1L)));
        var during = coverage("14s");
        assertThat(during.runs().get("crash")).hasSize(2).containsKey("calm");
        assertThat(during.missing(List.of("crash", "network-split")).get("network-split"))
                .isEqualTo(Coverage.phases());
        assertThat(during.missing(List.of("crash")).get("crash"))
                .hasSize(Coverage.phases().size() - 2)
                .doesNotContain("calm");
    }

    @Test
    void eachTimeThatAFaultStrikesIsCounted() {
        var again = TWO.replace("at: %s", "every: 7s\n    times: 2\n    for: 5s");
        assertThat(of(again).runs().get("crash")).hasSize(2).containsKey("calm");
        assertThat(of(again.replace("times: 2", "times: 1")).runs().get("crash"))
                .containsOnlyKeys("calm");
    }

    @Test
    void whatIsNewIsSeen() {
        assertThat(coverage("14s").isNewTo(coverage("6s"))).isTrue();
        assertThat(coverage("6s").isNewTo(coverage("14s"))).isFalse();
        assertThat(coverage("6s").merge(coverage("6s")).runs().get("crash"))
                .containsEntry("calm", 2L);
    }

    private static Coverage coverage(String second) {
        return of(TWO.formatted(second));
    }

    private static Coverage of(String yaml) {
        var scenario =
                new ScenarioParser(Judge.VOCABULARY).parse(new Source("two", yaml), Map.of());
        return Coverage.of(Run.of(scenario, "", "").result().trace());
    }
}
