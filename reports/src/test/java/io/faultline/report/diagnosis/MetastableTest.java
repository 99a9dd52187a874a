package io.faultline.report.diagnosis;

import static io.faultline.report.TraceBuilder.span;
import static io.faultline.report.TraceBuilder.time;
import static io.faultline.report.diagnosis.Story.p;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.observation.Observed.FaultHealed;
import io.faultline.model.observation.Observed.FaultInjected;
import io.faultline.model.observation.Observed.OperationCompleted;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.function.IntUnaryOperator;

/// In runs of a minute, of which a fault troubles the second ten seconds.
class MetastableTest {

    private static final int SECONDS = 60;

    /// @param rate how many operations are completed in each second
    private static Story of(IntUnaryOperator rate) {
        var story = Story.of(3);
        for (int second = 0; second < SECONDS; second++) {
            if (second == 10) {
                story.at(10_000, new FaultInjected(0, "message-loss", "", List.of(p(0))));
            }
            if (second == 20) {
                story.at(20_000, new FaultHealed(0, "message-loss"));
            }
            int completed = rate.applyAsInt(second);
            for (int i = 0; i < completed; i++) {
                story.at(
                        1000 * second + 990.0 * (i + 1) / completed,
                        new OperationCompleted(p(0), span(1)));
            }
        }
        return story;
    }

    private static List<Finding> found(Story story) {
        var trace = story.trace();
        var findings =
                new Metastable().find(trace, Story.circumstances(trace, time(1000 * SECONDS)));
        assertThat(findings).allMatch(finding -> finding.certificate().verify(story.trace()));
        return findings;
    }

    @Test
    void whoeverIsWellAndDoesLessThanBeforeIsMetastable() {
        var found = found(of(second -> second < 10 ? 20 : 12));
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().from()).isEqualTo(time(20_000));
        assertThat(found.getFirst().to()).isEqualTo(time(60_000));
        assertThat(found.getFirst().sentence())
                .endsWith("12 operations were completed in a second" + " instead of 20");
    }

    @Test
    void notForLessThanTenSecondsNorWhileAFaultGoesOn() {
        assertThat(found(of(second -> second >= 20 && second < 29 ? 12 : 20))).isEmpty();
        assertThat(found(of(second -> second >= 10 && second < 20 ? 1 : 20))).isEmpty();
    }

    @Test
    void aBetterSecondOrTwoDoNotEndIt() {
        assertThat(found(of(second -> second < 20 || second == 25 || second == 26 ? 20 : 12)))
                .hasSize(1);
        assertThat(found(of(second -> second < 20 || second % 8 < 3 ? 20 : 12))).isEmpty();
    }

    @Test
    void whatVariesAsMuchBeforeIsNoLoss() {
        assertThat(found(of(second -> second < 20 ? 10 + second % 2 * 20 : 12))).isEmpty();
    }

    @Test
    void whoeverIsNotWellIsNotMetastable() {
        var story = of(second -> second < 20 ? 20 : 12);
        assertThat(found(Story.of(3).fails(100, 1))).isEmpty();
        assertThat(found(story)).hasSize(1);
        var unwell = Story.of(3).fails(100, 1);
        for (int second = 0; second < SECONDS; second++) {
            unwell.at(1000 * second + 500, new OperationCompleted(p(0), span(1)));
        }
        assertThat(found(unwell)).isEmpty();
    }

    @Test
    void aForgedCertificateIsRefused() {
        var story = of(second -> second < 10 ? 20 : 12);
        var slump = (Metastable.Slump) found(story).getFirst().certificate();
        assertThat(
                        List.of(
                                new Metastable.Slump(List.of(21), slump.from(), slump.after()),
                                new Metastable.Slump(slump.before(), 8, slump.after()),
                                new Metastable.Slump(
                                        slump.before(), 20, slump.after().subList(0, 9))))
                .allMatch(forged -> !forged.verify(story.trace()));
    }
}
