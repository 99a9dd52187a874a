package io.faultline.report.diagnosis;

import static io.faultline.report.TraceBuilder.time;
import static io.faultline.report.diagnosis.Story.p;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.kernel.Trace;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.observation.Observed.HandlerPlaced;
import io.faultline.model.observation.Observed.HandlersMet;
import io.faultline.model.observation.Observed.HandlersParted;
import io.faultline.model.observation.Observed.NodeCrashed;
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
        assertThat(split.label()).isEqualTo("split-brain");
        assertThat(split.from()).isEqualTo(time(300));
        assertThat(split.to()).isEqualTo(time(900));
    }

    @Test
    void oneWhoDoesNotActIsOnlyStale() {
        var trace =
                parted().by("A", 200, recover(4)).by("B", 500, new ViewQuorumLost(2, 5)).build();
        assertThat(findings(trace)).hasSize(1);
        var stale = findings(trace).getFirst();
        assertThat(stale.label()).isEqualTo("stale-leader");
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
        assertThat(findings(trace)).noneMatch(finding -> finding.label().equals("split-brain"));
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
}
