package io.faultline.model.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.faultline.model.Bandwidth;
import io.faultline.model.Bytes;
import io.faultline.model.Settings;
import io.faultline.model.TestRun;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.Topology;
import io.faultline.model.detector.Healing;
import io.faultline.model.detector.SuspicionPolicy;
import io.faultline.model.observation.Observed.AttemptFinished;
import io.faultline.model.observation.Observed.EntitiesMoved;
import io.faultline.model.observation.Observed.Escalated;
import io.faultline.model.observation.Observed.FaultTookEffect;
import io.faultline.model.observation.Observed.NodeCrashed;
import io.faultline.model.observation.Observed.NodePaused;
import io.faultline.model.observation.Observed.NodeReplaced;
import io.faultline.model.observation.Observed.NodeRestarted;
import io.faultline.model.observation.Observed.NodeStopped;
import io.faultline.model.observation.Observed.NodeWiped;
import io.faultline.model.observation.Observed.OperationLost;
import io.faultline.model.observation.Observed.PartitionDown;
import io.faultline.model.observation.Observed.PartitionUp;
import io.faultline.model.observation.Observed.StatusChanged;
import io.faultline.model.recovery.Noop;
import io.faultline.model.recovery.TransferSettings;
import io.faultline.model.script.Operation;
import io.faultline.model.script.OperatorHeal;
import io.faultline.model.script.OperatorRetry;
import io.faultline.model.script.SignOfLife;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Nodes that are gone with all that they stored.
class WipeTest {

    private static final Selector N1 = Selector.of(new NodeId("n1"));
    private static final Wipe WIPE = new Wipe(N1);
    private static final Crash CRASH = new Crash(List.of(), N1);
    private static final PartitionId P1 = new PartitionId(1);

    private static TestRun quiet() {
        return new TestRun(Settings.of(4));
    }

    /// P1 of four partitions fails at 1000. An attempt takes 225 ms, and the waits are 100 and 200.
    private static TestRun p1Fails(Object... recovery) {
        return new TestRun(
                        Settings.of(4)
                                .suspicion("policy", SuspicionPolicy.COUNTING)
                                .recovery(recovery))
                .twoReports(1000, 1);
    }

    private static List<String> fateOfN1(TestRun run) {
        return run.brief(
                FaultTookEffect.class,
                NodeCrashed.class,
                NodeStopped.class,
                NodeWiped.class,
                NodeReplaced.class,
                NodeRestarted.class,
                NodePaused.class);
    }

    @Test
    void aNodeStopsAtOnceAndIsReplacedAtTheEnd() {
        var run =
                quiet().at(900, new Operation(P1, Duration.ofMillis(200)))
                        .during(1000, 2000, WIPE)
                        .until(5000);
        assertThat(fateOfN1(run))
                .containsExactly(
                        "1000 FaultTookEffect 0",
                        "1000 NodeCrashed n1",
                        "1000 NodeWiped n1",
                        "2000 NodeReplaced n1",
                        "2000 NodeRestarted n1 2");
        assertThat(run.brief(PartitionDown.class, OperationLost.class, PartitionUp.class))
                .containsExactly(
                        "1000 PartitionDown P1 CRASHED",
                        "1000 OperationLost P1",
                        "2000 PartitionUp P1");
    }

    /// The first attempt has given its entities to the survivors, who keep them.
    @Test
    void noRecoveryBringsItBackAndTheEntitiesStayWithTheSurvivors() {
        var run = p1Fails().at(1000, WIPE).until(60_000);
        assertThat(run.brief(AttemptFinished.class, Escalated.class))
                .containsExactly(
                        "1225 AttemptFinished P1 1 false false",
                        "1550 AttemptFinished P1 2 false false",
                        "1975 AttemptFinished P1 3 false false",
                        "1975 Escalated P1 RETRIES_EXHAUSTED");
        assertThat(run.brief(EntitiesMoved.class))
                .containsExactly(
                        "1150 EntitiesMoved P1 P0 334",
                        "1150 EntitiesMoved P1 P2 333",
                        "1150 EntitiesMoved P1 P3 333");
        assertThat(run.count(NodeRestarted.class)).isZero();
    }

    @Test
    void aRecoveryThatMovesNothingFailsAsWell() {
        var noop = new Noop(Settings.millis(10));
        assertThat(p1Fails("strategy", noop).at(1000, CRASH).until(5000).brief(StatusChanged.class))
                .last()
                .asString()
                .endsWith("StatusChanged P1 FAILED HEALTHY RECOVERED");
        assertThat(p1Fails("strategy", noop).at(1000, WIPE).until(5000).brief(StatusChanged.class))
                .last()
                .asString()
                .startsWith("1000 StatusChanged P1 SUSPECTED FAILED");
    }

    @Test
    void theNextAttemptFindsTheMachineThatIsThereByThenAndGivesTheEntitiesBack() {
        var run = p1Fails().during(1000, 1400, WIPE).until(60_000);
        assertThat(run.brief(AttemptFinished.class))
                .containsExactly(
                        "1225 AttemptFinished P1 1 false false",
                        "1550 AttemptFinished P1 2 true false");
        assertThat(run.trace().all(EntitiesMoved.class).filter(moved -> moved.to().equals(P1)))
                .extracting(EntitiesMoved::entities)
                .containsExactly(334, 333, 333);
    }

    /// After the last attempt, at 1975, nothing is tried any more by itself.
    @Test
    void aMachineThatComesTooLateIsBroughtBackByAnOperatorOrBecauseItIsHeardFrom() {
        var late = p1Fails().during(1000, 10_000, WIPE);
        late.at(15_000, new SignOfLife(List.of(P1))).at(20_000, new OperatorRetry(P1));
        assertThat(late.until(60_000).brief(NodeRestarted.class, AttemptFinished.class))
                .endsWith("10000 NodeRestarted n1 2", "20225 AttemptFinished P1 1 true false");
        var trusting =
                new TestRun(
                                Settings.of(4)
                                        .suspicion(
                                                "policy",
                                                SuspicionPolicy.COUNTING,
                                                "healing",
                                                Healing.BY_HEARTBEAT))
                        .twoReports(1000, 1)
                        .during(1000, 10_000, WIPE)
                        .at(15_000, new SignOfLife(List.of(P1)));
        assertThat(trusting.until(60_000).brief(StatusChanged.class))
                .last()
                .isEqualTo("15000 StatusChanged P1 FAILED HEALTHY HEARD");
    }

    @Test
    void aMachineThatComesWhileEntitiesAreToBeGivenBackIsSentThem() {
        var transfer =
                new TransferSettings(
                        new Bytes(1), new Bandwidth(new Bytes(1_000_000)), Duration.ZERO, 1000);
        var run = p1Fails("transfer", Optional.of(transfer)).during(1000, 1200, WIPE).until(60_000);
        assertThat(run.brief(AttemptFinished.class))
                .containsExactly("1225 AttemptFinished P1 1 true false");
        var never = p1Fails("transfer", Optional.of(transfer)).at(1000, WIPE).until(60_000);
        assertThat(never.brief(AttemptFinished.class))
                .hasSize(3)
                .allMatch(line -> line.endsWith("false false"));
    }

    @Test
    void anOperatorCanHealItOnlyOnceItIsReplaced() {
        var run =
                p1Fails()
                        .during(1000, 4000, WIPE)
                        .at(3000, new OperatorHeal(P1))
                        .at(5000, new OperatorHeal(P1))
                        .until(6000);
        assertThat(run.brief(StatusChanged.class))
                .last()
                .isEqualTo("5000 StatusChanged P1 FAILED HEALTHY OPERATOR");
        assertThat(run.brief(NodeRestarted.class)).containsExactly("4000 NodeRestarted n1 2");
    }

    @Test
    void theEndOfACrashDoesNotStartWhatWasWipedMeanwhile() {
        assertThat(fateOfN1(quiet().during(1000, 2000, CRASH).during(1500, 3000, WIPE).until(5000)))
                .containsExactly(
                        "1000 FaultTookEffect 0",
                        "1000 NodeCrashed n1",
                        "1500 FaultTookEffect 1",
                        "1500 NodeWiped n1",
                        "3000 NodeReplaced n1",
                        "3000 NodeRestarted n1 2");
    }

    @Test
    void aCrashKeepsAReplacementDown() {
        assertThat(fateOfN1(quiet().during(1000, 2000, WIPE).during(1500, 3000, CRASH).until(5000)))
                .containsExactly(
                        "1000 FaultTookEffect 0",
                        "1000 NodeCrashed n1",
                        "1000 NodeWiped n1",
                        "2000 NodeReplaced n1",
                        "2000 FaultTookEffect 1",
                        "3000 NodeRestarted n1 2");
    }

    @Test
    void twoWipesThatOverlapEndWithTheLater() {
        assertThat(fateOfN1(quiet().during(1000, 2000, WIPE).during(1500, 3000, WIPE).until(5000)))
                .containsExactly(
                        "1000 FaultTookEffect 0",
                        "1000 NodeCrashed n1",
                        "1000 NodeWiped n1",
                        "2000 FaultTookEffect 1",
                        "3000 NodeReplaced n1",
                        "3000 NodeRestarted n1 2");
    }

    @Test
    void aWipeForestallsAStopForMaintenance() {
        var run =
                quiet().at(1000, new Operation(P1, Duration.ofMillis(500)))
                        .during(1200, 4000, new GracefulStop(N1))
                        .during(1300, 2000, WIPE)
                        .until(5000);
        assertThat(fateOfN1(run))
                .containsExactly(
                        "1200 FaultTookEffect 0",
                        "1300 FaultTookEffect 1",
                        "1300 NodeCrashed n1",
                        "1300 NodeWiped n1",
                        "2000 NodeReplaced n1",
                        "4000 NodeRestarted n1 2");
    }

    @Test
    void aMachineThatComesDuringAPauseIsPausedAtOnce() {
        var run = quiet().during(1000, 3000, new Pause(N1)).during(1500, 2000, WIPE).until(5000);
        assertThat(fateOfN1(run))
                .endsWith("2000 NodeReplaced n1", "2000 NodeRestarted n1 2", "2000 NodePaused n1");
        assertThat(run.brief(PartitionUp.class)).containsExactly("3000 PartitionUp P1");
    }

    @Test
    void whatTheCoordinatorKnowsIsNotLostWithItsNode() {
        var run =
                p1Fails()
                        .during(1100, 3000, new Wipe(Selector.of(Topology.COORDINATOR)))
                        .until(5000);
        assertThat(run.brief(AttemptFinished.class))
                .containsExactly("3075 AttemptFinished P1 1 true false");
    }

    @Test
    void aWipeNamesNodes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Wipe(Selector.NOBODY))
                .withMessage("wipe needs nodes");
    }
}
