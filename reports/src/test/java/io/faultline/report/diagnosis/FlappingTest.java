package io.faultline.report.diagnosis;

import static io.faultline.report.TraceBuilder.suspected;
import static io.faultline.report.TraceBuilder.time;
import static io.faultline.report.TraceBuilder.trusted;
import static io.faultline.report.diagnosis.Story.p;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.cluster.StatusReason;
import io.faultline.model.observation.Observed.DownCause;
import io.faultline.model.observation.Observed.FaultHealed;
import io.faultline.model.observation.Observed.FaultInjected;
import io.faultline.model.observation.Observed.PartitionDown;
import io.faultline.model.observation.Observed.PartitionUp;

import org.junit.jupiter.api.Test;

import java.util.List;

class FlappingTest {

    private static Story toggles(Story story, int rank, double... times) {
        for (double now : times) {
            story.at(now, suspected(p(rank), StatusReason.HEARTBEAT_MISS))
                    .at(now + 50, trusted(p(rank)));
        }
        return story;
    }

    private static List<Finding> found(Story story) {
        var findings = story.diagnosed(new Flapping());
        assertThat(findings).allMatch(finding -> finding.certificate().verify(story.trace()));
        return findings;
    }

    @Test
    void whoIsLostThreeTimesWithinTheBoundFlaps() {
        var found = found(toggles(Story.of(3), 1, 100, 600, 1100, 1500, 9000));
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().from()).isEqualTo(time(100));
        assertThat(found.getFirst().to()).isEqualTo(time(1500));
        assertThat(found.getFirst().sentence())
                .isEqualTo("P1 was healthy no longer 4 times in 1.400s (B = 1.000s)");
    }

    @Test
    void itMayFlapAgain() {
        assertThat(found(toggles(Story.of(3), 1, 100, 200, 300, 5100, 5200, 5300))).hasSize(2);
    }

    @Test
    void whoIsLostLessOftenOrMoreSlowlyDoesNot() {
        assertThat(found(toggles(Story.of(3), 1, 100, 200))).isEmpty();
        assertThat(found(toggles(Story.of(3), 1, 100, 700, 1300, 1900))).isEmpty();
    }

    @Test
    void threeWhoAreLostOnceDoNot() {
        var story = toggles(toggles(toggles(Story.of(3), 0, 100), 1, 200), 2, 300);
        assertThat(found(story)).isEmpty();
    }

    @Test
    void whoIsTakenOutAgainAndAgainDoesNot() {
        var fault = new FaultInjected(0, "flapping", "", List.of(p(1)));
        var down = new PartitionDown(p(1), DownCause.CRASHED);
        var up = new PartitionUp(p(1));
        assertThat(found(toggles(Story.of(3).at(50, fault, down, up, down, up), 1, 100, 200, 300)))
                .isEmpty();
        assertThat(found(toggles(Story.of(3).at(50, fault, down, up), 1, 100, 200, 300)))
                .hasSize(1);
    }

    @Test
    void aFaultThatTakesNobodyOutIsNoExcuseOnceItsBeginningIsOver() {
        var fault = new FaultInjected(0, "message-loss", "", List.of(p(1)));
        assertThat(found(toggles(Story.of(3).at(50, fault), 1, 100, 200, 300))).hasSize(1);
        assertThat(
                        found(
                                toggles(Story.of(3).at(50, fault), 1, 100, 200, 300)
                                        .at(400, new FaultHealed(0, "message-loss"))))
                .isEmpty();
    }

    @Test
    void aForgedCertificateIsRefused() {
        var story = toggles(Story.of(3), 1, 100, 600, 1100, 1500);
        var losses = (Flapping.Losses) found(story).getFirst().certificate();
        assertThat(
                        List.of(
                                new Flapping.Losses(p(0), losses.within(), losses.losses()),
                                new Flapping.Losses(
                                        p(1), losses.within().dividedBy(2), losses.losses()),
                                new Flapping.Losses(p(1), losses.within(), List.of(3, 3, 3)),
                                new Flapping.Losses(p(1), losses.within(), List.of(3, 4, 5))))
                .allMatch(forged -> !forged.verify(story.trace()));
    }
}
