package io.faultline.model.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.faultline.kernel.random.Uniform;
import io.faultline.model.Settings;
import io.faultline.model.TestRun;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.observation.Observed.FaultSkipped;
import io.faultline.model.observation.Observed.NodeCrashed;
import io.faultline.model.observation.Observed.NodeRestarted;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

/// Nodes that restart, together or in turn.
class RestartTest {

    private static final Selector TWO = Selector.of(new NodeId("n1"), new NodeId("n2"));

    private static TestRun run() {
        return new TestRun(Settings.of(3));
    }

    @Test
    void allStopAtOnceAndStartWhenTheirTimeIsOver() {
        var run = run().at(1000, new Restart(TWO, Settings.millis(300), false)).until(5000);
        assertThat(run.brief(NodeCrashed.class, NodeRestarted.class))
                .containsExactly(
                        "1000 NodeCrashed n1",
                        "1000 NodeCrashed n2",
                        "1300 NodeRestarted n1 2",
                        "1300 NodeRestarted n2 2");
    }

    @Test
    void inARollingRestartOneIsDownAtATime() {
        var run = run().at(1000, new Restart(TWO, Settings.millis(300), true)).until(5000);
        assertThat(run.brief(NodeCrashed.class, NodeRestarted.class))
                .containsExactly(
                        "1000 NodeCrashed n1",
                        "1300 NodeRestarted n1 2",
                        "1300 NodeCrashed n2",
                        "1600 NodeRestarted n2 2");
    }

    @Test
    void aRollingRestartKeepsToABudgetOfOne() {
        var budget = new Budget(Optional.of(1), Optional.empty(), Optional.empty());
        var all = new Restart(Selector.of(Mode.ALL), Settings.millis(300), true);
        var run = run().keepingTo(budget).at(1000, all).until(5000);
        assertThat(run.brief(NodeCrashed.class, NodeRestarted.class, FaultSkipped.class))
                .containsExactly(
                        "1000 NodeCrashed n0",
                        "1300 NodeRestarted n0 2",
                        "1300 NodeCrashed n1",
                        "1600 NodeRestarted n1 2",
                        "1600 NodeCrashed n2",
                        "1900 NodeRestarted n2 2");
    }

    @Test
    void whomTheBudgetForbidsARollingRestartLeavesAsItIs() {
        var budget = new Budget(Optional.of(1), Optional.empty(), Optional.empty());
        var all = new Restart(Selector.of(Mode.ALL), Settings.millis(300), true);
        var run =
                run().keepingTo(budget)
                        .during(500, 1200, new Crash(TestRun.partitions(1), Selector.NOBODY))
                        .at(1000, all)
                        .until(5000);
        assertThat(run.brief(NodeCrashed.class, FaultSkipped.class))
                .containsExactly(
                        "500 NodeCrashed n1",
                        "1000 FaultSkipped 1 restart 2 1 1",
                        "1300 NodeCrashed n2");
    }

    @Test
    void eachDrawsItsOwnTime() {
        var run = run().at(0, new Restart(TWO, new Uniform(1e9, 2e9), false)).until(5000);
        assertThat(run.brief(NodeRestarted.class)).hasSize(2);
        assertThat(
                        run.trace().stream()
                                .filter(e -> e.what() instanceof NodeRestarted)
                                .map(e -> e.time())
                                .distinct())
                .hasSize(2);
    }

    @Test
    void anEarlyEndStartsWhoIsDownAndStopsNobodyElse() {
        var run =
                run().during(1000, 1100, new Restart(TWO, Settings.millis(300), true)).until(5000);
        assertThat(run.brief(NodeCrashed.class, NodeRestarted.class))
                .containsExactly("1000 NodeCrashed n1", "1100 NodeRestarted n1 2");
    }

    @Test
    void aRestartDuringACrashWaitsForItsEnd() {
        var run =
                run().during(500, 2000, new Crash(TestRun.partitions(1), Selector.NOBODY))
                        .at(1000, new Restart(TWO, Settings.millis(300), false))
                        .until(5000);
        assertThat(run.brief(NodeRestarted.class))
                .containsExactly("1300 NodeRestarted n2 2", "2000 NodeRestarted n1 2");
    }

    @Test
    void aRestartNamesNodes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Restart(Selector.of(List.of()), Settings.millis(1), false))
                .withMessage("restart needs nodes");
    }
}
