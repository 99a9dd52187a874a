package io.faultline.model.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.faultline.model.Changed;
import io.faultline.model.Probability;
import io.faultline.model.Settings;
import io.faultline.model.TestRun;
import io.faultline.model.World;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.observation.Observed.FaultHealed;
import io.faultline.model.observation.Observed.FaultInjected;
import io.faultline.model.observation.Observed.FaultSkipped;
import io.faultline.model.observation.Observed.NodeCrashed;
import io.faultline.model.observation.Observed.NodeStopped;
import io.faultline.model.script.Operation;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How much faults may take out at once.
class BudgetTest {

    private static Budget atMost(int dead) {
        return new Budget(Optional.of(dead), Optional.empty(), Optional.empty());
    }

    private static Budget healthy(double share) {
        return new Budget(Optional.empty(), Optional.of(new Probability(share)), Optional.empty());
    }

    private static Crash crash(int... ranks) {
        return new Crash(TestRun.partitions(ranks), Selector.NOBODY);
    }

    private static TestRun run(Budget budget) {
        return new TestRun(Settings.of(5)).keepingTo(budget);
    }

    @Test
    void whatWouldTakeOutMoreThanAllowedIsSkippedWithAReason() {
        var run = run(atMost(2)).at(1000, crash(1)).at(2000, crash(2, 3)).at(3000, crash(4));
        run.until(4000);
        assertThat(run.lines(List.of(FaultSkipped.class)))
                .containsExactly(
                        "2000 FaultSkipped[fault=1, kind=crash, out=3, allowed=2, occurrence=1]");
        assertThat(run.brief(NodeCrashed.class))
                .containsExactly("1000 NodeCrashed n1", "3000 NodeCrashed n4");
        assertThat(run.count(FaultInjected.class)).isEqualTo(2);
    }

    @Test
    void whoIsUpAgainCountsNoLonger() {
        var run = run(atMost(1)).during(1000, 2000, crash(1)).at(2000, crash(2)).until(3000);
        assertThat(run.count(FaultSkipped.class)).isZero();
        assertThat(run.count(NodeCrashed.class)).isEqualTo(2);
    }

    @Test
    void thoseOfOneInstantCountTogether() {
        var run = run(atMost(1)).at(1000, crash(1)).at(1000, crash(2)).until(3000);
        assertThat(run.brief(FaultSkipped.class))
                .containsExactly("1000 FaultSkipped 1 crash 2 1 1");
    }

    @Test
    void whatAddsNobodyIsNotSkipped() {
        var run =
                run(atMost(1))
                        .at(1000, crash(1))
                        .at(2000, crash(1))
                        .at(3000, new NetworkSplit(List.of(List.of(new NodeId("n1"))), false))
                        .until(4000);
        assertThat(run.count(FaultSkipped.class)).isZero();
    }

    /// P1 has an operation to finish when it is told to stop.
    @Test
    void whoeverIsToldToStopIsOutAlthoughThatTakesTime() {
        var run =
                run(atMost(1))
                        .at(500, new Operation(new PartitionId(1), Duration.ofMillis(1500)))
                        .at(1000, new GracefulStop(Selector.of(new NodeId("n1"))))
                        .at(1500, crash(2))
                        .until(3000);
        assertThat(run.brief(FaultSkipped.class, NodeCrashed.class, NodeStopped.class))
                .containsExactly("1500 FaultSkipped 1 crash 2 1 1", "2000 NodeStopped n1");
    }

    /// Nobody asks for what a fault of a user's own takes out unsaid.
    @Test
    void whatAddsNobodyIsNotSkippedEvenIfMoreAreOutThanAllowed() {
        record Unsaid(NodeId node) implements OwnFault {
            @Override
            public Runnable inject(World world, Effect effect) {
                Runnable takesEffect = effect::take;
                world.node(node).crash(takesEffect);
                return () -> world.node(node).crashOver(takesEffect);
            }

            @Override
            public List<PartitionId> targets(World world, Effect effect) {
                return List.of();
            }
        }
        var run =
                run(atMost(1))
                        .at(1000, crash(2))
                        .at(1500, new Unsaid(new NodeId("n1")))
                        .at(3000, crash(2))
                        .at(4000, crash(3))
                        .until(5000);
        assertThat(run.brief(FaultSkipped.class, NodeCrashed.class))
                .containsExactly(
                        "1000 NodeCrashed n2",
                        "1500 NodeCrashed n1",
                        "4000 FaultSkipped 3 crash 3 1 1");
    }

    @Test
    void aSplitTakesOutWhoCannotReachTheCoordinator() {
        var minority = new NetworkSplit(List.of(List.of(new NodeId("n1"))), false);
        var coordinators =
                new NetworkSplit(
                        List.of(List.of(new NodeId("n1"), new NodeId("coordinator"))), true);
        assertThat(run(atMost(2)).at(1000, minority).until(2000).count(FaultSkipped.class))
                .isZero();
        assertThat(run(atMost(2)).at(1000, coordinators).until(2000).brief(FaultSkipped.class))
                .containsExactly("1000 FaultSkipped 0 network-split 4 2 1");
    }

    @Test
    void whoeverIsCutOffIsOutAsWellAsWhoeverIsDown() {
        var split = new NetworkSplit(List.of(List.of(new NodeId("n1"))), false);
        var run = run(atMost(1)).during(1000, 2000, split).at(1500, crash(2)).at(2000, crash(3));
        assertThat(run.until(3000).brief(FaultSkipped.class, NodeCrashed.class))
                .containsExactly("1500 FaultSkipped 1 crash 2 1 1", "2000 NodeCrashed n3");
    }

    @Test
    void aShareThatStaysUpIsRoundedInFavourOfTheSystem() {
        assertThat(healthy(0.5).allowed(5)).isEqualTo(2);
        assertThat(healthy(0.5).allowed(4)).isEqualTo(2);
        assertThat(healthy(0.7).allowed(10)).isEqualTo(3);
        assertThat(healthy(0.07).allowed(100)).isEqualTo(93); // 100 * 0.07 > 7
        assertThat(healthy(0).allowed(10)).isEqualTo(10);
        assertThat(Changed.in(healthy(0.5), "maxDead", Optional.of(1)).allowed(5)).isOne();
        var run = run(healthy(0.5)).at(1000, crash(1, 2)).at(2000, crash(3)).until(3000);
        assertThat(run.brief(FaultSkipped.class))
                .containsExactly("2000 FaultSkipped 1 crash 3 2 1");
    }

    @Test
    void onlyPartitionsInTheScopeCount() {
        var scope = Selector.of(new NodeId("n1"), new NodeId("n2"));
        var budget = Changed.in(atMost(1), "scope", Optional.of(scope));
        var run = run(budget).at(1000, crash(0, 3, 4)).at(2000, crash(1)).at(3000, crash(2));
        assertThat(run.until(4000).brief(FaultSkipped.class))
                .containsExactly("3000 FaultSkipped 2 crash 2 1 1");
    }

    @Test
    void whatIsSkippedHasNoEnd() {
        var run = run(atMost(1)).during(1000, 2000, crash(1, 2)).until(3000);
        assertThat(run.count(FaultHealed.class)).isZero();
        assertThat(run.count(FaultSkipped.class)).isOne();
    }

    @Test
    void aBudgetSaysSomethingThatCanBeKept() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Budget(Optional.empty(), Optional.empty(), Optional.empty()))
                .withMessage("budget needs maxDead or minHealthy");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> atMost(0))
                .withMessageStartingWith("maxDead must be at least 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Changed.in(atMost(1), "scope", Optional.of(Selector.of(Mode.MINORITY))))
                .withMessageStartingWith("scope takes no mode");
    }
}
