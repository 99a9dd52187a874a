package io.faultline.report.diagnosis;

import static io.faultline.report.TraceBuilder.span;
import static io.faultline.report.TraceBuilder.time;
import static io.faultline.report.diagnosis.Story.p;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.kernel.Observation;
import io.faultline.kernel.Trace;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.observation.Observed.DownCause;
import io.faultline.model.observation.Observed.EntitiesMoved;
import io.faultline.model.observation.Observed.HandlerPlaced;
import io.faultline.model.observation.Observed.HandlersMet;
import io.faultline.model.observation.Observed.HandlersParted;
import io.faultline.model.observation.Observed.NodeCrashed;
import io.faultline.model.observation.Observed.OperationCompleted;
import io.faultline.model.observation.Observed.PartitionDown;
import io.faultline.model.observation.Observed.PartitionUp;
import io.faultline.model.observation.Observed.QuorumJudged;
import io.faultline.model.observation.Observed.QuorumLost;
import io.faultline.model.observation.Observed.ViewJudged;
import io.faultline.model.observation.Observed.ViewQuorumLost;
import io.faultline.model.observation.Observed.ViewQuorumRestored;
import io.faultline.report.TraceBuilder;

import org.junit.jupiter.api.Test;

import java.util.List;

/// Of two who judge, A and B, also whether a leader is only stale.
class SplitBrainTest {

    private static final NodeId N0 = new NodeId("n0");
    private static final NodeId N3 = new NodeId("n3");

    private static TraceBuilder parted() {
        return new TraceBuilder()
                .place(5)
                .at(0, new HandlerPlaced("A", N0), new HandlerPlaced("B", N3))
                .at(100, new HandlersParted("A", "B"));
    }

    private static ViewJudged recover(int rank) {
        return new ViewJudged(p(rank), 1, 3, 5);
    }

    private static List<String> labels(TraceBuilder builder) {
        return findings(builder.build()).stream().map(Finding::label).toList();
    }

    private static List<Finding> findings(Trace trace) {
        var circumstances = Story.circumstances(trace);
        var findings =
                List.of(new SplitBrain(), new StaleLeader()).stream()
                        .flatMap(diagnosis -> diagnosis.find(trace, circumstances).stream())
                        .toList();
        assertThat(findings).allMatch(finding -> finding.certificate().verify(trace));
        return findings;
    }

    @Test
    void twoWhoBothActAndCannotTalkToEachOtherAreASplitBrain() {
        var trace =
                parted().by("A", 200, recover(4))
                        .by("B", 300, recover(0))
                        .at(900, new HandlersMet("A", "B"))
                        .build();
        var split = findings(trace).getFirst();
        assertThat(split.label()).isEqualTo("split-brain{leaders}");
        assertThat(split.from()).isEqualTo(time(300));
        assertThat(split.to()).isEqualTo(time(900));
    }

    @Test
    void oneWhoDoesNotActIsOnlyStale() {
        var trace =
                parted().by("A", 200, recover(4)).by("B", 500, new ViewQuorumLost(2, 5)).build();
        assertThat(findings(trace)).hasSize(1);
        var stale = findings(trace).getFirst();
        assertThat(stale.label()).isEqualTo("stale-leader{leader}");
        assertThat(stale.sentence()).contains("B believed in its quorum for 300ms after A");
    }

    @Test
    void oneWhoLostHisQuorumBeforeIsNeither() {
        assertThat(labels(parted().by("B", 150, new ViewQuorumLost(2, 5)).by("A", 200, recover(4))))
                .isEmpty();
    }

    @Test
    void norIsOneWhoseNodeCrashed() {
        assertThat(labels(parted().at(150, new NodeCrashed(N3)).by("A", 200, recover(4))))
                .isEmpty();
    }

    @Test
    void norAreTwoWhoCanTalkToEachOther() {
        var met =
                parted().at(150, new HandlersMet("A", "B"))
                        .by("A", 200, recover(4))
                        .by("B", 300, recover(0));
        assertThat(labels(met)).isEmpty();
    }

    @Test
    void oneWhoWasDeposedWhenTheOtherActsIsNoRival() {
        var trace =
                parted().by("A", 200, recover(4))
                        .by("A", 250, new ViewQuorumLost(2, 5))
                        .by("B", 300, recover(0))
                        .by("A", 800, new ViewQuorumRestored(3, 5))
                        .build();
        assertThat(findings(trace))
                .noneMatch(finding -> finding.label().equals("split-brain{leaders}"));
    }

    @Test
    void whatOneDidBeforeHeFoundAQuorumAgainIsForgotten() {
        var trace =
                parted().by("A", 200, recover(4))
                        .by("A", 250, new ViewQuorumLost(2, 5))
                        .by("A", 260, new ViewQuorumRestored(3, 5))
                        .by("B", 300, recover(0))
                        .at(400, new HandlersMet("A", "B"))
                        .build();
        assertThat(findings(trace))
                .extracting(Finding::sentence)
                .containsExactly(
                        "B believed in its quorum for 50ms after A had acted as one",
                        "A believed in its quorum for 100ms after B had acted as one");
    }

    @Test
    void forgedCertificatesAreRefused() {
        var trace =
                parted().by("A", 200, recover(4))
                        .by("B", 300, recover(0))
                        .at(900, new HandlersMet("A", "B"))
                        .build();
        assertThat(new SplitBrain.TwoActs(7, 8, 9).verify(trace)).isTrue();
        assertThat(
                        List.of(
                                new SplitBrain.TwoActs(6, 8, 9),
                                new SplitBrain.TwoActs(7, 9, 8),
                                new SplitBrain.TwoActs(7, 8, 8)))
                .allMatch(forged -> !forged.verify(trace));
        assertThat(new StaleLeader.OneAct(7, 8, "B", 9).verify(trace)).isTrue();
        assertThat(
                        List.of(
                                new StaleLeader.OneAct(7, 8, "B", 10),
                                new StaleLeader.OneAct(7, 8, "A", 9),
                                new StaleLeader.OneAct(6, 8, "B", 9)))
                .allMatch(forged -> !forged.verify(trace));
    }

    // The coordinator and a handler.

    /// B is with P3, which is cut off from the coordinator at 100.
    private static TraceBuilder cutOff() {
        return new TraceBuilder()
                .place(5)
                .at(0, new HandlerPlaced("B", N3))
                .at(100, new PartitionDown(p(3), DownCause.CUT_OFF));
    }

    private static QuorumJudged recovers(int rank) {
        return new QuorumJudged(p(rank), 1, 3, 0, 5);
    }

    @Test
    void theCoordinatorAndAHandlerWhomItCannotReachAreASplitBrainIfBothAct() {
        var trace =
                cutOff().by("coordinator", 200, recovers(3))
                        .by("B", 300, recover(0))
                        .at(900, new PartitionUp(p(3)))
                        .build();
        var split = findings(trace).getFirst();
        assertThat(split.label()).isEqualTo("split-brain{leaders}");
        assertThat(split.sentence()).startsWith("coordinator and B both acted as the quorum");
        assertThat(split.from()).isEqualTo(time(300));
        assertThat(split.to()).isEqualTo(time(900));
    }

    @Test
    void aHandlerWhoDoesNothingWhileTheCoordinatorActsIsStaleAndViceVersa() {
        assertThat(
                        labels(
                                cutOff().by("coordinator", 200, recovers(3))
                                        .by("B", 500, new ViewQuorumLost(2, 5))))
                .containsExactly("stale-leader{leader}");
        assertThat(
                        labels(
                                cutOff().by("B", 200, recover(0))
                                        .by("coordinator", 500, new QuorumLost(2, 5))))
                .containsExactly("stale-leader{leader}");
    }

    @Test
    void theCoordinatorIsNoRivalOfAHandlerWhomItCanReachOrOnceItIsDeposed() {
        assertThat(
                        labels(
                                cutOff().at(150, new PartitionUp(p(3)))
                                        .by("coordinator", 200, recovers(3))
                                        .by("B", 300, recover(0))))
                .isEmpty();
        assertThat(
                        labels(
                                cutOff().by("coordinator", 150, new QuorumLost(2, 5))
                                        .by("B", 200, recover(0))))
                .isEmpty();
        assertThat(
                        labels(
                                cutOff().at(150, new NodeCrashed(new NodeId("coordinator")))
                                        .by("B", 200, recover(0))))
                .isEmpty();
    }

    @Test
    void aCutThatConcernsAnotherNodeProvesNothing() {
        var trace =
                cutOff().at(110, new PartitionDown(p(4), DownCause.CUT_OFF))
                        .by("coordinator", 200, recovers(3))
                        .by("B", 300, recover(0))
                        .build();
        int cut = indexOf(trace, new PartitionDown(p(3), DownCause.CUT_OFF));
        assertThat(new SplitBrain.TwoActs(cut, cut + 2, cut + 3).verify(trace)).isTrue();
        assertThat(new SplitBrain.TwoActs(cut + 1, cut + 2, cut + 3).verify(trace)).isFalse();
    }

    private static int indexOf(Trace trace, Observation what) {
        return trace.stream()
                .filter(entry -> entry.what().equals(what))
                .findFirst()
                .orElseThrow()
                .index();
    }

    // Owners.

    /// P3 is cut off, and all that it owns is given to P0 and P1.
    private static TraceBuilder dispossessed() {
        return new TraceBuilder()
                .place(5)
                .at(100, new PartitionDown(p(3), DownCause.CUT_OFF))
                .at(200, new EntitiesMoved(p(3), p(0), 500), new EntitiesMoved(p(3), p(1), 500));
    }

    private static OperationCompleted served(int rank) {
        return new OperationCompleted(p(rank), span(10));
    }

    @Test
    void whoServesWhatWasGivenToOthersWhoServeItTooIsASplitBrain() {
        var trace =
                dispossessed()
                        .at(300, served(3))
                        .at(400, served(1))
                        .at(900, new PartitionUp(p(3)))
                        .build();
        var split = findings(trace).getFirst();
        assertThat(split.label()).isEqualTo("split-brain{owners}");
        assertThat(split.sentence())
                .isEqualTo(
                        "P3 and P1 both served clients with what had been given from one to the"
                                + " other");
        assertThat(split.from()).isEqualTo(time(400));
        assertThat(split.to()).isEqualTo(time(900));
        assertThat(labels(dispossessed().at(300, served(1)).at(400, served(3))))
                .containsExactly("split-brain{owners}");
    }

    @Test
    void whoAloneServesWhatWasGivenToOthersIsStale() {
        assertThat(labels(dispossessed().at(300, served(3)).at(400, served(2))))
                .containsExactly("stale-leader{owner}");
    }

    @Test
    void whoServesNothingOrOnlyWhatCameBeforeIsNeither() {
        assertThat(labels(dispossessed().at(300, served(1)))).isEmpty();
        assertThat(labels(dispossessed().at(205, served(3)).at(400, served(1)))).isEmpty();
    }

    @Test
    void whoOwnsSomethingOrCouldBeToldIsNeither() {
        var given = new EntitiesMoved(p(0), p(3), 500);
        assertThat(labels(dispossessed().at(250, given).at(300, served(3)).at(400, served(1))))
                .isEmpty();
        assertThat(
                        labels(
                                dispossessed()
                                        .at(250, new PartitionUp(p(3)))
                                        .at(300, served(3))
                                        .at(400, served(1))))
                .isEmpty();
    }

    @Test
    void forgedCertificatesOfOwnersAreRefused() {
        var trace =
                dispossessed()
                        .at(205, served(3))
                        .at(300, served(3))
                        .at(400, served(1))
                        .at(900, new PartitionUp(p(3)))
                        .at(950, served(3))
                        .build();
        int cut = indexOf(trace, new PartitionDown(p(3), DownCause.CUT_OFF));
        assertThat(new SplitBrain.TwoOwners(cut, cut + 2, cut + 4, cut + 5).verify(trace)).isTrue();
        assertThat(
                        List.of(
                                new SplitBrain.TwoOwners(cut, cut + 1, cut + 4, cut + 5),
                                new SplitBrain.TwoOwners(cut, cut + 2, cut + 3, cut + 5),
                                new SplitBrain.TwoOwners(cut, cut + 2, cut + 4, cut + 4),
                                new SplitBrain.TwoOwners(cut, cut + 2, cut + 7, cut + 5),
                                new SplitBrain.TwoOwners(cut - 1, cut + 2, cut + 4, cut + 5)))
                .allMatch(forged -> !forged.verify(trace));
        assertThat(new StaleLeader.OneOwner(cut, cut + 2, cut + 4).verify(trace)).isTrue();
        assertThat(new StaleLeader.OneOwner(cut, cut + 2, cut + 3).verify(trace)).isFalse();
    }
}
