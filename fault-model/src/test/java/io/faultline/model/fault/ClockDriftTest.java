package io.faultline.model.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.faultline.model.Settings;
import io.faultline.model.TestRun;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.observation.Observed.FaultTookEffect;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

/// Clocks that are too fast or too slow; what follows is in NodeClockTest.
class ClockDriftTest {

    private static final List<NodeId> N1 = List.of(new NodeId("n1"));

    @Test
    void ratesAddUpAndGoBackToWhatTheyWere() {
        var run =
                new TestRun(Settings.of(3))
                        .during(0, 3000, new ClockDrift(Selector.of(N1), 200))
                        .during(1000, 2000, new ClockDrift(Selector.of(N1), -50));
        assertThat(clock(run.until(500))).endsWith(" 200 ppm fast");
        assertThat(clock(run.until(1500))).endsWith(" 150 ppm fast");
        assertThat(clock(run.until(2500))).endsWith(" 200 ppm fast");
        assertThat(clock(run.until(3500))).endsWith(" 0 ppm fast");
    }

    /// No timer runs on this node.
    @Test
    void aDriftThatIsOverBeforeAnybodyMeasuresTimeByTheClockHasNoEffect() {
        for (int read : List.of(1500, 2500)) {
            var run =
                    new TestRun(Settings.of(4))
                            .during(1000, 2000, new ClockDrift(Selector.of(N1), 200))
                            .until(read);
            run.simulation().within(() -> run.world().node(N1.getFirst()).clock().read());
            assertThat(run.count(FaultTookEffect.class)).isEqualTo(read < 2000 ? 1 : 0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -100_001, 100_001, Integer.MIN_VALUE})
    void whatIsNoDriftIsRefused(int ppm) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ClockDrift(Selector.of(N1), ppm))
                .withMessage("ppm lies between -100000 and 100000 and is not 0, but was " + ppm);
    }

    @Test
    void aDriftNamesNodes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ClockDrift(Selector.NOBODY, 1))
                .withMessage("clock-drift needs nodes");
    }

    private static String clock(TestRun run) {
        return run.world().node(N1.getFirst()).clock().toString();
    }
}
