package io.faultline.model.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.faultline.model.Settings;
import io.faultline.model.TestRun;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.observation.Observed.FaultTookEffect;
import io.faultline.model.observation.Observed.NodeRestarted;

import org.junit.jupiter.api.Test;

import java.util.List;

/// Crashes that overlap, and those that somebody undoes before their end.
class CrashTest {

    @Test
    void aCrashOfWhatIsDownTakesEffectWhenTheOneBeforeIsOver() {
        var crash = new Crash(TestRun.partitions(1), Selector.NOBODY);
        var run =
                new TestRun(Settings.of(3).withHeartbeats())
                        .during(1000, 2000, crash)
                        .during(1500, 3000, crash)
                        .until(4000);
        assertThat(run.brief(FaultTookEffect.class, NodeRestarted.class))
                .containsExactly(
                        "1000 FaultTookEffect 0",
                        "2000 FaultTookEffect 1",
                        "3000 NodeRestarted n1 2");
    }

    @Test
    void theEndOfACrashDoesNotUndoALaterOne() {
        var crash = new Crash(TestRun.partitions(1), Selector.NOBODY);
        var run =
                new TestRun(Settings.of(3).withHeartbeats())
                        .during(1200, 10_000, crash)
                        .at(8000, crash)
                        .until(10_001);
        assertThat(run.brief(NodeRestarted.class)).containsExactly("6325 NodeRestarted n1 2");
        assertThat(run.world().node(new NodeId("n1")).isUp()).isFalse();
    }

    @Test
    void aCrashNamesPartitionsOrNodes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Crash(List.of(), Selector.NOBODY))
                .withMessage("crash needs partitions or nodes");
    }

    @Test
    void twoThatBeginTogetherEndWithTheLater() {
        var crash = new Crash(TestRun.partitions(1), Selector.NOBODY);
        var run =
                new TestRun(Settings.of(3))
                        .during(1000, 1900, crash)
                        .during(1000, 3900, crash)
                        .until(5000);
        assertThat(run.brief(NodeRestarted.class)).containsExactly("3900 NodeRestarted n1 2");
    }
}
