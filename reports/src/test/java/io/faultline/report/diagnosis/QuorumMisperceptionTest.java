package io.faultline.report.diagnosis;

import static io.faultline.report.TraceBuilder.time;
import static io.faultline.report.diagnosis.Story.p;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.observation.Observed.DownCause;
import io.faultline.model.observation.Observed.Escalated;
import io.faultline.model.observation.Observed.EscalationCause;
import io.faultline.model.observation.Observed.PartitionDown;
import io.faultline.model.observation.Observed.Queued;
import io.faultline.model.observation.Observed.QuorumBack;
import io.faultline.model.observation.Observed.QuorumGone;
import io.faultline.model.observation.Observed.QuorumLost;
import io.faultline.model.observation.Observed.QuorumRestored;

import org.junit.jupiter.api.Test;

import java.util.List;

class QuorumMisperceptionTest {

    private static Finding only(Story story) {
        var findings = story.diagnosed(new QuorumMisperception());
        assertThat(findings).hasSize(1);
        assertThat(findings.getFirst().certificate().verify(story.trace())).isTrue();
        return findings.getFirst();
    }

    private static List<Finding> all(Story story) {
        return story.diagnosed(new QuorumMisperception());
    }

    @Test
    void aRecoveryThatBeginsWithoutAMajorityActsOnAMistake() {
        var story = Story.of(3).at(100, new QuorumGone(1, 2)).begins(200, 0, 1);
        assertThat(only(story).label()).isEqualTo("quorum-misperception{acts}");
        assertThat(only(story).from()).isEqualTo(time(200));
    }

    @Test
    void oneThatBeginsBeforeOrAfterDoesNot() {
        assertThat(all(Story.of(3).begins(50, 0, 1).at(100, new QuorumGone(1, 2)))).isEmpty();
        assertThat(
                        all(
                                Story.of(3)
                                        .at(100, new QuorumGone(1, 2))
                                        .at(200, new QuorumBack(2, 2))
                                        .begins(300, 0, 1)))
                .isEmpty();
    }

    @Test
    void whoeverSeesNoQuorumForLongerThanTheBoundRefusesByMistake() {
        var story =
                Story.of(3)
                        .at(100, new QuorumLost(1, 3), new Queued(p(0), 1))
                        .at(1101, new QuorumRestored(2, 3));
        assertThat(only(story).label()).isEqualTo("quorum-misperception{refuses}");
        assertThat(only(story).isCertain()).isTrue();
    }

    @Test
    void notForLessAndNotIfThereIsNone() {
        assertThat(
                        all(
                                Story.of(3)
                                        .at(100, new QuorumLost(1, 3))
                                        .at(1100, new QuorumRestored(2, 3))))
                .isEmpty();
        assertThat(all(Story.of(3).at(100, new QuorumLost(1, 3), new QuorumGone(1, 2)))).isEmpty();
    }

    @Test
    void aCoordinatorThatIsCutOffFromTheMajorityIsRightToRefuse() {
        var story =
                Story.of(3)
                        .at(
                                100,
                                new PartitionDown(p(0), DownCause.CUT_OFF),
                                new PartitionDown(p(1), DownCause.CUT_OFF),
                                new QuorumLost(1, 3));
        assertThat(all(story)).isEmpty();
    }

    @Test
    void ifTheRunEndsTooEarlyRefusalsAreSuspicious() {
        var refused = new Escalated(p(0), EscalationCause.QUORUM_LOST);
        assertThat(only(Story.of(3).at(9_500, new QuorumLost(1, 3), refused)).isCertain())
                .isFalse();
        assertThat(all(Story.of(3).at(9_500, new QuorumLost(1, 3)))).isEmpty();
    }

    @Test
    void forgedCertificatesAreRefused() {
        var acted = Story.of(3).at(100, new QuorumGone(1, 2)).begins(200, 0, 1);
        var acts = (QuorumMisperception.Acts) only(acted).certificate();
        assertThat(new QuorumMisperception.Acts(acts.gone() + 1, acts.acts()).verify(acted.trace()))
                .isFalse();
        assertThat(new QuorumMisperception.Acts(acts.gone(), List.of(6)).verify(acted.trace()))
                .isFalse();
        var refused =
                Story.of(3)
                        .at(100, new QuorumLost(1, 3), new Queued(p(0), 1))
                        .at(1101, new QuorumRestored(2, 3));
        assertThat(new QuorumMisperception.Refuses(3, 6, List.of(4)).verify(refused.trace()))
                .isFalse();
        assertThat(new QuorumMisperception.Refuses(3, 5, List.of(3)).verify(refused.trace()))
                .isFalse();
    }
}
