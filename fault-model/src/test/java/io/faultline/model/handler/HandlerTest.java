package io.faultline.model.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.faultline.kernel.Trace;
import io.faultline.model.Settings;
import io.faultline.model.TestRun;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.Topology;
import io.faultline.model.fault.Crash;
import io.faultline.model.fault.NetworkSplit;
import io.faultline.model.fault.Selector;
import io.faultline.model.observation.Observed;
import io.faultline.model.observation.Observed.HandlerPlaced;
import io.faultline.model.observation.Observed.HandlersMet;
import io.faultline.model.observation.Observed.HandlersParted;
import io.faultline.model.observation.Observed.LateHeartbeat;
import io.faultline.model.observation.Observed.PhaseEntered;
import io.faultline.model.observation.Observed.QuorumLost;
import io.faultline.model.observation.Observed.StatusChanged;
import io.faultline.model.observation.Observed.ViewChanged;
import io.faultline.model.observation.Observed.ViewJudged;
import io.faultline.model.observation.Observed.ViewQuorumLost;
import io.faultline.model.observation.Observed.ViewQuorumRestored;
import io.faultline.model.quorum.Census;
import io.faultline.model.quorum.Census.Denominator;
import io.faultline.model.script.Confirm;
import io.faultline.model.script.Suspect;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// Handlers A and B on two sides of a split network.
class HandlerTest {

    private static final List<PartitionId> P0_TO_P2 = TestRun.partitions(0, 1, 2);
    private static final List<PartitionId> P3_P4 = TestRun.partitions(3, 4);

    private static Settings settings(int partitions, Denominator denominator) {
        return Settings.of(partitions)
                .protocol(
                        "census",
                        new Census(Census.Suspected.INACTIVE, denominator),
                        "handlers",
                        Map.of("A", new NodeId("n0"), "B", new NodeId("n3")));
    }

    /// P0, P1 and P2, with the coordinator, against the others.
    private static NetworkSplit split(int partitions, boolean oneWay) {
        var others = IntStream.range(3, partitions).mapToObj(i -> new NodeId("n" + i)).toList();
        return new NetworkSplit(
                List.of(
                        List.of(
                                new NodeId("n0"),
                                new NodeId("n1"),
                                new NodeId("n2"),
                                Topology.COORDINATOR),
                        others),
                oneWay);
    }

    /// Split from 1000 to 9000; each side suspects the other at 3000 and gives it up at 6000.
    private static TestRun scripted(int partitions, Denominator denominator) {
        var others = IntStream.range(3, partitions).mapToObj(PartitionId::new).toList();
        return new TestRun(settings(partitions, denominator))
                .during(1000, 9000, split(partitions, false))
                .at(3000, new Suspect(others, Optional.of("A")))
                .at(3000, new Suspect(P0_TO_P2, Optional.of("B")))
                .at(6000, new Confirm(others, Optional.of("A")))
                .at(6000, new Confirm(P0_TO_P2, Optional.of("B")))
                .until(10_000);
    }

    private static List<String> by(TestRun run, String handler, Class<? extends Observed> kind) {
        return run.trace().stream()
                .filter(entry -> entry.actor().equals(handler) && kind.isInstance(entry.what()))
                .map(HandlerTest::brief)
                .toList();
    }

    private static String brief(Trace.Entry entry) {
        long millis = entry.time().nanos() / 1_000_000;
        return switch ((Observed) entry.what()) {
            case ViewJudged(var partition, var state, var active, var total) ->
                    millis + " " + partition + " " + state + ": " + active + "/" + total;
            case ViewQuorumLost(var active, var total) -> millis + " lost " + active + "/" + total;
            case ViewQuorumRestored(var active, var total) ->
                    millis + " restored " + active + "/" + total;
            case ViewChanged(var partition, var from, var to) ->
                    millis + " " + partition + " " + to;
            default -> millis + " " + entry.what();
        };
    }

    @Test
    void ofAllPartitionsOnlyTheLargerSideIsAQuorum() {
        var run = scripted(5, Denominator.STATIC);
        assertThat(by(run, "A", ViewJudged.class))
                .containsExactly("6000 P3 1: 3/5", "6000 P4 1: 3/5");
        assertThat(by(run, "A", ViewQuorumLost.class)).isEmpty();
        assertThat(by(run, "B", ViewJudged.class))
                .containsExactly("6000 P0 3: 2/5", "6000 P1 3: 2/5", "6000 P2 3: 2/5");
        assertThat(by(run, "B", ViewQuorumLost.class)).containsExactly("3000 lost 2/5");
    }

    @Test
    void ofThoseInTheViewBothSidesBecomeAQuorum() {
        var run = scripted(5, Denominator.VIEW);
        assertThat(by(run, "A", ViewJudged.class))
                .containsExactly("6000 P3 1: 3/4", "6000 P4 1: 3/3");
        assertThat(by(run, "B", ViewJudged.class))
                .containsExactly("6000 P0 3: 2/4", "6000 P1 1: 2/3", "6000 P2 1: 2/2");
        assertThat(by(run, "B", ViewQuorumRestored.class)).containsExactly("6000 restored 2/3");
    }

    @Test
    void twoHalvesAreNoQuorum() {
        var run = scripted(6, Denominator.STATIC);
        assertThat(by(run, "A", ViewQuorumLost.class)).containsExactly("3000 lost 3/6");
        assertThat(by(run, "B", ViewQuorumLost.class)).containsExactly("3000 lost 3/6");
        assertThat(run.count(ViewQuorumRestored.class)).isZero();
    }

    @Test
    void theyAreKnownToBePartedAndToMeetAgain() {
        var run = scripted(5, Denominator.STATIC);
        assertThat(run.brief(HandlerPlaced.class, HandlersParted.class, HandlersMet.class))
                .containsExactly(
                        "0 HandlerPlaced A n0",
                        "0 HandlerPlaced B n3",
                        "1000 HandlersParted A B",
                        "9000 HandlersMet A B");
    }

    @Test
    void whatHandlersBelieveIsNoConcernOfTheCoordinator() {
        var run = scripted(5, Denominator.STATIC);
        assertThat(run.count(StatusChanged.class)).isZero();
        assertThat(run.count(QuorumLost.class)).isZero();
        assertThat(run.count(PhaseEntered.class)).isZero();
    }

    @Test
    void withoutANameTheCoordinatorIsMeant() {
        var run =
                new TestRun(settings(5, Denominator.STATIC))
                        .at(1000, new Suspect(P3_P4, Optional.empty()))
                        .at(2000, new Confirm(P3_P4, Optional.empty()))
                        .until(3000);
        assertThat(run.count(ViewChanged.class)).isZero();
        assertThat(run.brief(StatusChanged.class))
                .startsWith(
                        "1000 StatusChanged P3 HEALTHY SUSPECTED HEARTBEAT_MISS",
                        "1000 StatusChanged P4 HEALTHY SUSPECTED HEARTBEAT_MISS",
                        "2000 StatusChanged P3 SUSPECTED FAILED HEARTBEAT_MISS",
                        "2000 StatusChanged P4 SUSPECTED FAILED HEARTBEAT_MISS");
    }

    /// The last heartbeats from beyond the split came at 500 or at 1000.
    @Test
    void eachHasADetectorOfHisOwn() {
        var run =
                new TestRun(settings(5, Denominator.STATIC).withHeartbeats())
                        .during(1200, 9200, split(5, false))
                        .until(8000);
        assertThat(by(run, "A", ViewChanged.class))
                .containsExactly(
                        "3100 P3 SUSPECTED",
                        "3100 P4 SUSPECTED",
                        "6100 P3 FAILED",
                        "6100 P4 FAILED");
        assertThat(by(run, "B", ViewJudged.class))
                .containsExactly("6100 P0 3: 2/5", "6100 P1 3: 2/5", "6100 P2 3: 2/5");
    }

    @Test
    void aSuspicionThatTheDetectorWithdrawsIsWithdrawn() {
        var run =
                new TestRun(settings(5, Denominator.STATIC).withHeartbeats())
                        .during(1200, 4200, split(5, false))
                        .until(8000);
        assertThat(by(run, "A", ViewChanged.class))
                .containsExactly(
                        "3100 P3 SUSPECTED",
                        "3100 P4 SUSPECTED",
                        "4500 P3 HEALTHY",
                        "4500 P4 HEALTHY");
    }

    /// Messages from the side of A reach B, but not the other way round.
    @Test
    void ifOnlyOneWayIsCutOnlyOneSideSuspectsTheOther() {
        var run =
                new TestRun(settings(5, Denominator.STATIC).withHeartbeats())
                        .at(1200, split(5, true))
                        .until(6000);
        assertThat(by(run, "A", ViewChanged.class))
                .containsExactly("3100 P3 SUSPECTED", "3100 P4 SUSPECTED");
        assertThat(by(run, "B", ViewChanged.class)).isEmpty();
        assertThat(run.count(HandlersParted.class)).isEqualTo(1);
    }

    @Test
    void whoHasBeenGivenUpStaysSoAndNoLateHeartbeatIsObserved() {
        var run =
                new TestRun(settings(5, Denominator.STATIC).withHeartbeats())
                        .at(500, new Confirm(P3_P4, Optional.of("A")))
                        .until(5000);
        assertThat(by(run, "A", ViewChanged.class)).hasSize(4).last().isEqualTo("500 P4 FAILED");
        assertThat(run.count(LateHeartbeat.class)).isZero();
    }

    @Test
    void whatFallsDueWhileItsNodeIsDownHappensAfterTheRestart() {
        var run =
                new TestRun(settings(5, Denominator.STATIC))
                        .during(500, 2000, new Crash(List.of(), Selector.of(new NodeId("n0"))))
                        .at(1000, new Suspect(P3_P4, Optional.of("A")))
                        .until(3000);
        assertThat(by(run, "A", ViewChanged.class))
                .containsExactly("2000 P3 SUSPECTED", "2000 P4 SUSPECTED");
    }

    @Test
    void namesThatCouldBeMistakenForOthersAreRefused() {
        for (var name : List.of("coordinator", "P3", "", "A B")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() ->
                            Settings.of(3).protocol("handlers", Map.of(name, new NodeId("n0"))))
                    .withMessageContaining("names that begin with a capital letter")
                    .withMessageContaining("'" + name + "'");
        }
    }

    @Test
    void actionsNeedPartitions() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Suspect(List.of(), Optional.empty()))
                .withMessage("suspect needs partitions");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Confirm(List.of(), Optional.empty()))
                .withMessage("confirm needs partitions");
    }
}
