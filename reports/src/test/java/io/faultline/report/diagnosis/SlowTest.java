package io.faultline.report.diagnosis;

import static io.faultline.report.TraceBuilder.suspected;
import static io.faultline.report.TraceBuilder.time;
import static io.faultline.report.TraceBuilder.trusted;
import static io.faultline.report.diagnosis.Story.p;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.cluster.StatusReason;
import io.faultline.model.observation.Observed.FaultInjected;

import org.junit.jupiter.api.Test;

import java.util.List;

class SlowTest {

    private static List<Finding> found(double recovered) {
        return found(
                Story.of(3)
                        .at(100, new FaultInjected(0, "crash", "", List.of(p(1))))
                        .fails(300, 1)
                        .begins(400, 1, 1)
                        .succeeds(recovered, 1, 1));
    }

    private static List<Finding> found(Story story) {
        var findings = story.diagnosed(new Slow());
        assertThat(findings).allMatch(finding -> finding.certificate().verify(story.trace()));
        return findings;
    }

    @Test
    void whatTakesLongerThanTheBoundIsSlow() {
        var found = found(1_500);
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().to()).isEqualTo(time(1_500));
        assertThat(found.getFirst().sentence())
                .isEqualTo(
                        "all were healthy 1.400s after the last fault, later than B = 1.000s"
                                + " (detection 0.400s + recovery 0.600s)");
    }

    @Test
    void whatKeepsWithinItIsNot() {
        assertThat(found(1_100)).isEmpty();
    }

    @Test
    void whatTakesTwiceAsLongIsWorseThanSlow() {
        assertThat(found(2_100)).isEmpty();
    }

    @Test
    void whatNeverEndsIsNotSlow() {
        assertThat(found(Story.of(3).fails(300, 1))).isEmpty();
    }

    /// A partition that flaps to the end is well at the end by accident.
    @Test
    void whatFlapsIsNotSlow() {
        var story = Story.of(3);
        for (double now : new double[] {800, 1_100, 1_400}) {
            story.at(now, suspected(p(1), StatusReason.HEARTBEAT_MISS)).at(now + 50, trusted(p(1)));
        }
        assertThat(new Slow().find(story.trace(), Story.circumstances(story.trace(), time(2_000))))
                .isEmpty();
        assertThat(new Slow().find(story.trace(), Story.circumstances(story.trace(), time(3_000))))
                .hasSize(1);
    }

    @Test
    void aForgedCertificateIsRefused() {
        var story = Story.of(3).fails(300, 1).begins(400, 1, 1).succeeds(1_500, 1, 1);
        var late = (Slow.Late) found(story).getFirst().certificate();
        assertThat(new Slow.Late(time(1), late.well(), List.of()).verify(story.trace())).isFalse();
        assertThat(new Slow.Late(late.healed(), 4, List.of()).verify(story.trace())).isFalse();
        assertThat(new Slow.Late(late.healed(), late.well(), List.of(p(1))).verify(story.trace()))
                .isFalse();
    }
}
