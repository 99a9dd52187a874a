package io.faultline.model.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.faultline.model.Settings;
import io.faultline.model.TestRun;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.observation.Observed.FaultHealed;
import io.faultline.model.observation.Observed.FaultTookEffect;
import io.faultline.model.observation.Observed.OperationCompleted;
import io.faultline.model.script.Operation;

import org.junit.jupiter.api.Test;

import java.time.Duration;

/// Nodes with too few threads.
class ThreadStarvationTest {

    private static ThreadStarvation starvation(int available, int needed) {
        return new ThreadStarvation(Selector.of(new NodeId("n1")), available, needed);
    }

    private static Operation operation(long millis) {
        return new Operation(new PartitionId(1), Duration.ofMillis(millis));
    }

    /// Eight threads' work on two takes four times as long.
    @Test
    void workTakesAsManyTimesAsLongAsThereAreThreadsTooFew() {
        var run =
                new TestRun(Settings.of(2))
                        .during(500, 2000, starvation(2, 8))
                        .at(1000, operation(100))
                        .at(3000, operation(100))
                        .until(5000);
        assertThat(run.brief(FaultTookEffect.class, FaultHealed.class, OperationCompleted.class))
                .containsExactly(
                        "1000 FaultTookEffect 0",
                        "1400 OperationCompleted P1 400",
                        "2000 FaultHealed 0 thread-starvation",
                        "3100 OperationCompleted P1 100");
    }

    @Test
    void aNodeThatHasNothingToDoMissesNoThreads() {
        var run =
                new TestRun(Settings.of(2).withHeartbeats())
                        .at(500, starvation(1, 100))
                        .until(20_000);
        assertThat(run.count(FaultTookEffect.class)).isZero();
    }

    @Test
    void someThreadsAreLeftAndSomeAreMissing() {
        assertThatIllegalArgumentException().isThrownBy(() -> starvation(0, 8));
        assertThatIllegalArgumentException().isThrownBy(() -> starvation(8, 8));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ThreadStarvation(Selector.NOBODY, 1, 2))
                .withMessage("thread-starvation needs nodes");
    }
}
