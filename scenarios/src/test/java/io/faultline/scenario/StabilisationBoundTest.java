package io.faultline.scenario;

import static org.assertj.core.api.Assertions.assertThat;

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
        var scenario = new ScenarioParser().parse(new Source("bound.yaml", yaml), Map.of());
        assertThat(StabilisationBound.of(scenario)).hasToString(bound);
    }
}
