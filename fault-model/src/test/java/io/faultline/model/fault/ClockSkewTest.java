package io.faultline.model.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.faultline.model.ClockStep;
import io.faultline.model.Settings;
import io.faultline.model.TestRun;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.cluster.Topology;
import io.faultline.model.observation.Observed.FaultInjected;

import org.junit.jupiter.api.Test;

import java.util.List;

/// Clocks that somebody sets; what follows is in NodeClockTest.
class ClockSkewTest {

    private static final ClockStep SECOND = new ClockStep(1_000_000_000);

    @Test
    void itSetsEveryClockThatItNamesOnce() {
        var nodes = List.of(new NodeId("n1"), new NodeId("n2"), new NodeId("n1"));
        var run =
                new TestRun(Settings.of(4))
                        .during(1000, 2000, new ClockSkew(Selector.of(nodes), SECOND));
        run.until(1500);
        assertThat(clock(run, "n0")).startsWith("set by 0.000s");
        assertThat(clock(run, "n1")).startsWith("set by 1.000s");
        assertThat(clock(run, "n2")).startsWith("set by 1.000s");
        run.until(2500);
        assertThat(clock(run, "n1")).startsWith("set by 0.000s");
    }

    @Test
    void stepsThatOverlapAddUp() {
        var skew = new ClockSkew(Selector.of(Topology.COORDINATOR), SECOND);
        var back = new ClockSkew(Selector.of(Topology.COORDINATOR), new ClockStep(-300_000_000));
        var run = new TestRun(Settings.of(3)).during(0, 3000, skew).during(1000, 2000, back);
        run.until(1500);
        assertThat(clock(run, "coordinator")).startsWith("set by 0.700s");
        run.until(2500);
        assertThat(clock(run, "coordinator")).startsWith("set by 1.000s");
    }

    @Test
    void itIsObservedWithItsSign() {
        var back = new ClockSkew(Selector.of(new NodeId("n1")), new ClockStep(-300_000_000));
        var run = new TestRun(Settings.of(3)).at(0, back).until(1);
        assertThat(run.trace().all(FaultInjected.class).toList().getFirst().detail())
                .isEqualTo("ClockSkew[nodes=[n1], by=-0.300s]");
        assertThat(SECOND).hasToString("+1.000s");
    }

    @Test
    void whatSetsNoClockIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ClockSkew(Selector.NOBODY, SECOND))
                .withMessage("clock-skew needs nodes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ClockStep(0))
                .withMessage("a clock that is set by nothing is not set");
    }

    private static String clock(TestRun run, String node) {
        return run.world().node(new NodeId(node)).clock().toString();
    }
}
