package io.faultline.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Map;

class StabilisationBoundTest {

    /// Of twelve partitions six fail at once, and each recovery takes 15.975 s at worst, two at a
    /// time.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "coordinator | detection 5.600s + recovery 47.925s + network 0.160s",
                "full-mesh | detection 5.600s + recovery 47.925s + network 0.160s",
                "{ kind: tree, fanOut: 4 } | detection 11.200s + recovery 63.900s + network 0.160s",
                "{ kind: ring, neighbours: 3 } | detection 11.200s + recovery 63.900s + network"
                        + " 0.160s",
                "{ kind: ring, neighbours: 3, accusers: 3 } | detection 33.600s + recovery 127.800s"
                        + " + network 0.160s",
            })
    void whereWatchersFailWithThoseTheyWatchOthersAreFoundLater(String watch, String bound) {
        var yaml =
                """
                apiVersion: faultline/v1
                name: bound
                topology: { partitions: 12, network: { latency: 40ms } }
                protocol:
                  detector: { kind: heartbeat-timeout, watch: %s }
                  suspicion: { confirm: 1s }
                phases: { chaos: 10s }
                """
                        .formatted(watch);
        assertThat(StabilisationBound.of(parsed(yaml))).hasToString(bound);
    }

    /// Six of twelve may be down at once, and recover four at a time: the last two take as long as
    /// the four before.
    @Test
    void aTurnThatIsNotFullTakesAsLongAsOneThatIs() {
        var yaml =
                """
                apiVersion: faultline/v1
                name: bound
                topology: { partitions: 12, network: { latency: 40ms } }
                protocol:
                  detector: { kind: heartbeat-timeout }
                  recovery: { maxConcurrent: 4 }
                phases: { chaos: 10s }
                """;
        assertThat(StabilisationBound.of(parsed(yaml)).toString())
                .contains(" + recovery 31.950s + ");
    }

    private static Scenario parsed(String yaml) {
        return new ScenarioParser().parse(new Source("bound.yaml", yaml), Map.of());
    }

    /// What a fault may leave behind adds its term, and only then. A message of a reliable channel
    /// is sent again after 0.2, 0.6, 1.4 s and so on; 4 % of them are lost three times in a row
    /// once in 15 625 times.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1s..2s | message-loss: { messages: [heartbeat] } | ''",
                "1s..1100ms | message-loss: {} | ' + resend 0.200s'",
                "1s..2s | message-loss: { messages: [heartbeat, testimony] }"
                        + " | ' + resend 0.800s'",
                "1s..2s | message-corruption: {} | ' + resend 0.800s'",
                "1s..2s | network-split: { groups: [[n1]] } | ' + resend 0.800s'",
                "0s..1h | isolation: { nodes: [n1] } | ' + resend 12.800s'",
                "1s..2s | isolation: { nodes: [n1], messages: [heartbeat] } | ''",
                "1s..2s | flapping: { nodes: [n1], down: 1s, up: 1s, by: isolation }"
                        + " | ' + resend 0.800s'",
                "1s..2s | flapping: { nodes: [n1], down: 1s, up: 1s } | ''",
                "1s..2s | message-hold: {} | ''",
                "1s..2s | message-delay: { extra: 3s } | ' + late messages" + " 3.000s'",
                "1s..2s | message-reordering: { window: 3s } | ' + late messages 3.000s'",
                "1s..2s | clock-skew: { nodes: [n1], by: -3s } | ' + clocks 3.000s'",
                "1s..2s | clock-drift: { nodes: [n1], ppm: 1000 } | ' + clocks 0.021735s'",
            })
    void whatAFaultLeavesBehindIsATermOfItsOwn(String during, String fault, String terms) {
        var yaml =
                """
                apiVersion: faultline/v1
                name: bound
                topology: { partitions: 4, network: { latency: 40ms } }
                protocol:
                  detector: { kind: heartbeat-timeout }
                  suspicion: { confirm: 1s }
                phases: { chaos: 1h }
                faults: [{ during: %s, %s }]
                """
                        .formatted(during, fault);
        assertThat(StabilisationBound.of(parsed(yaml)))
                .hasToString("detection 5.600s + recovery 15.975s + network 0.160s" + terms);
    }

    @Test
    void aNetworkThatLosesMessagesByItselfAddsThatTheyAreSentAgain() {
        var yaml =
                """
                apiVersion: faultline/v1
                name: bound
                topology: { partitions: 4, network: { loss: 4% } }
                phases: { chaos: 10s }
                """;
        assertThat(StabilisationBound.of(parsed(yaml)).toString()).endsWith(" + loss 0.600s");
    }
}
