package io.faultline.model.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.faultline.model.Settings;
import io.faultline.model.TestRun;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.observation.Observed.FaultInjected;
import io.faultline.model.observation.Observed.FaultSkipped;
import io.faultline.model.observation.Observed.FaultTookEffect;
import io.faultline.model.observation.Observed.NodeCrashed;
import io.faultline.model.observation.Observed.NodeRestarted;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Crashes as they once happened.
class FailureTraceTest {

    private static Outage outage(int node, long down, long up) {
        return new Outage(
                new NodeId("n" + node),
                Duration.ofMillis(down),
                Optional.of(up).filter(u -> u > 0).map(Duration::ofMillis));
    }

    private static FailureTrace trace(Outage... outages) {
        return new FailureTrace(List.of(outages));
    }

    private static List<String> nodes(TestRun run) {
        return run.until(10_000).brief(NodeCrashed.class, NodeRestarted.class);
    }

    private static TestRun quiet() {
        return new TestRun(Settings.of(4));
    }

    @Test
    void nodesGoDownAndComeUpAtTheirTimesFromItsBeginning() {
        var run = quiet().at(1000, trace(outage(2, 500, 0), outage(1, 0, 300)));
        assertThat(nodes(run))
                .containsExactly(
                        "1000 NodeCrashed n1", "1300 NodeRestarted n1 2", "1500 NodeCrashed n2");
        assertThat(run.brief(FaultTookEffect.class)).containsExactly("1000 FaultTookEffect 0");
        assertThat(run.brief(FaultInjected.class))
                .containsExactly(
                        "1000 FaultInjected 0 failure-trace FailureTrace[2 outages of 2 nodes]"
                                + " [P1, P2]");
    }

    @Test
    void whenItEndsWhoIsDownStartsAgainAndTheRestIsLeftOut() {
        var trace = trace(outage(1, 0, 300), outage(2, 500, 3000), outage(3, 4000, 5000));
        assertThat(nodes(quiet().during(1000, 3000, trace)))
                .containsExactly(
                        "1000 NodeCrashed n1",
                        "1300 NodeRestarted n1 2",
                        "1500 NodeCrashed n2",
                        "3000 NodeRestarted n2 2");
    }

    @Test
    void outagesOfOneNodeThatOverlapAreOne() {
        assertThat(nodes(quiet().at(0, trace(outage(1, 1000, 3000), outage(1, 2000, 4000)))))
                .containsExactly("1000 NodeCrashed n1", "4000 NodeRestarted n1 2");
    }

    @Test
    void aNodeThatIsUpAtTheInstantOfItsNextOutageHasBeenUp() {
        assertThat(nodes(quiet().at(0, trace(outage(1, 2000, 3000), outage(1, 1000, 2000)))))
                .containsExactly(
                        "1000 NodeCrashed n1",
                        "2000 NodeRestarted n1 2",
                        "2000 NodeCrashed n1",
                        "3000 NodeRestarted n1 3");
    }

    @Test
    void theBudgetIsAskedAtEachOutage() {
        var budget = new Budget(Optional.of(1), Optional.empty(), Optional.empty());
        var trace = trace(outage(1, 1000, 3000), outage(2, 2000, 4000), outage(3, 5000, 6000));
        var run = quiet().keepingTo(budget).at(0, trace);
        assertThat(nodes(run))
                .containsExactly(
                        "1000 NodeCrashed n1",
                        "3000 NodeRestarted n1 2",
                        "5000 NodeCrashed n3",
                        "6000 NodeRestarted n3 2");
        assertThat(run.brief(FaultSkipped.class))
                .containsExactly("2000 FaultSkipped 0 failure-trace 2 1 1");
    }

    @Test
    void anOutageEndsAfterItBegins() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> outage(1, 1000, 1000))
                .withMessage("up must be later than down");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> outage(1, -1, 1000))
                .withMessage("down must not be negative");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trace())
                .withMessage("failure-trace needs outages, or a file of them");
    }
}
