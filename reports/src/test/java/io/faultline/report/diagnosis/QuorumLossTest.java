package io.faultline.report.diagnosis;

import static io.faultline.report.TraceBuilder.time;
import static io.faultline.report.diagnosis.Story.p;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.cluster.NodeId;
import io.faultline.model.observation.Observed.ActionTaken;
import io.faultline.model.observation.Observed.DownCause;
import io.faultline.model.observation.Observed.FaultHealed;
import io.faultline.model.observation.Observed.FaultInjected;
import io.faultline.model.observation.Observed.NodeReplaced;
import io.faultline.model.observation.Observed.NodeWiped;
import io.faultline.model.observation.Observed.PartitionDown;
import io.faultline.model.observation.Observed.QuorumBack;
import io.faultline.model.observation.Observed.QuorumGone;
import io.faultline.model.observation.Observed.QuorumLost;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

class QuorumLossTest {

    /// Three of five crash, one after the other.
    private static Story crashes() {
        return Story.of(5)
                .at(100, crash(0), new PartitionDown(p(0), DownCause.CRASHED))
                .at(200, crash(1), new PartitionDown(p(1), DownCause.CRASHED))
                .at(
                        300,
                        crash(2),
                        new PartitionDown(p(2), DownCause.CRASHED),
                        new QuorumGone(2, 3));
    }

    /// Three of five are wiped, one after the other.
    private static Story wipes() {
        return Story.of(5)
                .at(100, new NodeWiped(n(0)), new PartitionDown(p(0), DownCause.CRASHED))
                .at(200, new NodeWiped(n(1)), new PartitionDown(p(1), DownCause.CRASHED))
                .at(
                        300,
                        new NodeWiped(n(2)),
                        new PartitionDown(p(2), DownCause.CRASHED),
                        new QuorumGone(2, 3));
    }

    private static NodeId n(int index) {
        return new NodeId("n" + index);
    }

    private static FaultInjected crash(int rank) {
        return new FaultInjected(rank, "crash", "", List.of(p(rank)));
    }

    private static Finding only(Story story) {
        var findings = story.diagnosed(new QuorumLoss());
        assertThat(findings).hasSize(1);
        assertThat(findings.getFirst().certificate().verify(story.trace())).isTrue();
        return findings.getFirst();
    }

    @Test
    void whatEndsWithinTheBoundIsTransient() {
        var found = only(crashes().at(400, new QuorumGone(1, 3)).at(1300, new QuorumBack(3, 3)));
        assertThat(found.label()).isEqualTo("quorum-loss{transient}");
        assertThat(found.from()).isEqualTo(time(300));
        assertThat(found.to()).isEqualTo(time(1300));
        assertThat(found.sentence()).contains("1 at worst, 2 short of 3");
    }

    @Test
    void theCertificateSaysWhoWasUpAndWhoWasNotWhenItWasWorst() {
        var story =
                crashes().at(400, new PartitionDown(p(3), DownCause.CUT_OFF), new QuorumGone(1, 3));
        assertThat(only(story).certificate().inShort(story.trace()))
                .containsExactly(
                        "3 of the partitions must be up and together; from 0.400s on, the most"
                                + " were 1",
                        "up and in touch with the coordinator then: P4",
                        "crashed then: P0–P2",
                        "cut off then: P3",
                        "crashed for good: P0–P2");
    }

    @Test
    void whatLastsLongerIsProlonged() {
        assertThat(only(crashes().at(1301, new QuorumBack(3, 3))).subtype()).isEqualTo("prolonged");
        assertThat(only(Story.of(5).at(300, new QuorumGone(2, 3))).subtype())
                .isEqualTo("prolonged");
    }

    @Test
    void whatAnOperatorHasToEndIsNeverTransient() {
        var heal = new ActionTaken(0, "operator-heal", "");
        var mended = crashes().at(400, heal, new QuorumBack(3, 3));
        assertThat(only(mended).subtype()).isEqualTo("permanent");
        var others = Story.of(5).at(300, new QuorumGone(2, 3)).at(400, heal, new QuorumBack(3, 3));
        assertThat(only(others).subtype()).isEqualTo("prolonged");
    }

    @Test
    void whatNobodyCouldEndIsPermanent() {
        var found = only(crashes());
        assertThat(found.subtype()).isEqualTo("permanent");
        assertThat(found.sentence()).endsWith("nobody but an operator could have restarted them");
    }

    @Test
    void crashesThatEndOrAreRecoveredFromAreNotForGood() {
        assertThat(only(crashes().at(9_000, new FaultHealed(0, "crash"))).subtype())
                .isEqualTo("prolonged");
        assertThat(only(crashes().begins(9_000, 0, 1)).subtype()).isEqualTo("prolonged");
    }

    @Test
    void wipedNodesThatAreNeverReplacedAreLostForGoodWhateverRecoveriesDo() {
        var found = only(wipes().begins(9_000, 0, 1).begins(9_000, 2, 1));
        assertThat(found.subtype()).isEqualTo("permanent");
        assertThat(found.sentence()).endsWith("; 3 were wiped and never replaced");
    }

    @Test
    void wipedAndCrashedAreCountedTogether() {
        var mixed = crashes().at(350, new NodeWiped(n(0)), new NodeWiped(n(1)));
        assertThat(only(mixed).sentence())
                .endsWith(
                        "; 2 were wiped and never replaced; 1 crashed for good, and nobody but an"
                                + " operator could have restarted them");
        assertThat(only(mixed.begins(9_000, 2, 1)).subtype()).isEqualTo("prolonged");
    }

    @Test
    void oneMachineThatIsReplacedIsEnoughForAQuorumThatMayComeBack() {
        assertThat(only(wipes().at(9_000, new NodeReplaced(n(1)))).subtype())
                .isEqualTo("prolonged");
    }

    @Test
    void whatIsOnlyBelievedIsNoLoss() {
        var story = Story.of(5).at(300, new QuorumLost(2, 5));
        assertThat(story.diagnosed(new QuorumLoss())).isEmpty();
    }

    @Test
    void aForgedCertificateIsRefused() {
        var story = crashes().at(400, new QuorumGone(1, 3)).at(1300, new QuorumBack(3, 3));
        var gap = (QuorumLoss.Gap) only(story).certificate();
        assertThat(
                        List.of(
                                new QuorumLoss.Gap(
                                        gap.gone(), gap.back(), 2, 3, gap.wiped(), gap.crashed()),
                                new QuorumLoss.Gap(
                                        gap.gone(),
                                        Optional.empty(),
                                        1,
                                        3,
                                        gap.wiped(),
                                        gap.crashed()),
                                new QuorumLoss.Gap(
                                        gap.gone().subList(1, 2),
                                        gap.back(),
                                        2,
                                        3,
                                        gap.wiped(),
                                        gap.crashed()),
                                new QuorumLoss.Gap(
                                        gap.gone(), gap.back(), 1, 3, gap.crashed(), gap.crashed()),
                                new QuorumLoss.Gap(
                                        gap.gone(),
                                        gap.back(),
                                        1,
                                        3,
                                        gap.wiped(),
                                        gap.crashed().subList(0, 1))))
                .allMatch(forged -> !forged.verify(story.trace()));
    }
}
