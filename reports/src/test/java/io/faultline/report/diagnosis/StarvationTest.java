package io.faultline.report.diagnosis;

import static io.faultline.report.diagnosis.Story.p;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.observation.Observed.Escalated;
import io.faultline.model.observation.Observed.EscalationCause;
import io.faultline.model.observation.Observed.QuorumBack;
import io.faultline.model.observation.Observed.QuorumGone;

import org.junit.jupiter.api.Test;

import java.util.List;

class StarvationTest {

    /// P0 waits while others are recovered, until then.
    private static Story passed(double until) {
        return passed(Story.of(5).fails(100, 0), until);
    }

    private static Story passed(Story story, double until) {
        int rank = 1;
        for (double now = 200; now < until; now += 400) {
            story.failsAndRecovers(now, rank, 300);
            rank = rank % 4 + 1;
        }
        return story;
    }

    private static List<Finding> found(Story story) {
        var findings = story.diagnosed(new Starvation());
        assertThat(findings).allMatch(finding -> finding.certificate().verify(story.trace()));
        return findings;
    }

    @Test
    void whoNeverHasHisTurnWhileOthersDoStarves() {
        var found = found(passed(2_400));
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().isCertain()).isTrue();
        assertThat(found.getFirst().sentence())
                .isEqualTo("P0 waited for 9.890s while 6 recoveries of others succeeded");
    }

    @Test
    void forLessThanTheWindowItIsSuspicious() {
        assertThat(found(passed(1_200)).getFirst().isCertain()).isFalse();
        assertThat(found(passed(700))).isEmpty();
    }

    @Test
    void whoHasHisTurnDoesNotStarve() {
        assertThat(found(passed(1_800).begins(1_900, 0, 1).succeeds(2_000, 0, 1))).isEmpty();
    }

    @Test
    void whoHadAllHisAttemptsDoesNotStarve() {
        var exhausted =
                Story.of(5)
                        .fails(100, 0)
                        .at(120, new Escalated(p(0), EscalationCause.RETRIES_EXHAUSTED));
        assertThat(found(passed(exhausted, 3_000))).isEmpty();
    }

    @Test
    void whereNobodyGetsOnNobodyStarves() {
        assertThat(found(Story.of(5).fails(100, 0).fails(200, 1))).isEmpty();
    }

    @Test
    void whileAMajorityIsLackingNobodyStarves() {
        var lacking = Story.of(5).at(50, new QuorumGone(2, 3)).fails(100, 0);
        assertThat(found(passed(lacking, 3_000).at(9_000, new QuorumBack(3, 3)))).isEmpty();
    }

    @Test
    void aForgedCertificateIsRefused() {
        var story = passed(2_400);
        var passed = (Starvation.Passed) found(story).getFirst().certificate();
        assertThat(
                        List.of(
                                new Starvation.Passed(
                                        p(1), passed.since(), passed.until(), passed.others()),
                                new Starvation.Passed(p(0), 4, passed.until(), passed.others()),
                                new Starvation.Passed(
                                        p(0),
                                        passed.since(),
                                        passed.until(),
                                        passed.others().subList(1, 6))))
                .allMatch(forged -> !forged.verify(story.trace()));
    }
}
