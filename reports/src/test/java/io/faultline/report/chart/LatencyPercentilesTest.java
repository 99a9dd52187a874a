package io.faultline.report.chart;

import static io.faultline.report.TraceBuilder.P1;
import static io.faultline.report.TraceBuilder.span;
import static io.faultline.report.TraceBuilder.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.kernel.Outcome;
import io.faultline.model.observation.Observed.OperationCompleted;
import io.faultline.report.Phases;
import io.faultline.report.Result;
import io.faultline.report.TraceBuilder;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.regex.Pattern;

class LatencyPercentilesTest {

    private static Figure.Drawing draw(double... millis) {
        var trace = new TraceBuilder();
        for (int i = 0; i < millis.length; i++) {
            trace.at(i, new OperationCompleted(P1, span(millis[i])));
        }
        var result =
                Result.of(
                        "latencies",
                        1,
                        "0".repeat(64),
                        new Outcome(Outcome.Ending.END_TIME, time(1000), 9),
                        Phases.chaosUntil(time(1000)),
                        trace.build(),
                        List.of(),
                        List.of(),
                        List.of(),
                        "faultline run latencies --seed 1",
                        "0.1.0");
        return new LatencyPercentiles().draw(result);
    }

    /// How far from the top a label of the axis of latencies is.
    private static double y(Figure.Drawing drawing, String label) {
        var match =
                Pattern.compile("<text[^>]* y=\"([0-9.]+)\"[^>]*>" + label + "</text>")
                        .matcher(drawing.svg());
        assertThat(match.find()).as(label).isTrue();
        return Double.parseDouble(match.group(1));
    }

    @Test
    void whatTakesNoTimeHasALineOfItsOwnBelowABreak() {
        var drawing = draw(0, 0, 1, 10, 100, 1000);

        assertThat(y(drawing, "0s")).isGreaterThan(y(drawing, "1ms") + 20);
        assertThat(drawing.svg()).contains("stroke-dasharray=\"6,4\"");
        assertThat(drawing.lookFor()).contains("0s, below the dashed break");
    }

    @Test
    void withoutZerosThereIsNoBreak() {
        var drawing = draw(1, 10, 100, 1000);

        assertThat(drawing.svg()).doesNotContain(">0s<", "stroke-dasharray=\"6,4\"");
        assertThat(drawing.lookFor()).doesNotContain("0s");
    }

    @Test
    void whatTakesVeryLittleTimeIsWhereItBelongs() {
        var drawing = draw(0.000_001, 1, 10_000_000);

        assertThat(drawing.svg()).contains(">1ns<");
        assertThat(y(drawing, "1ns")).isGreaterThan(y(drawing, "1us"));
    }

    @Test
    void aRunInWhichEverythingIsInstantaneousIsDrawn() {
        assertThat(draw(0, 0, 0).svg()).contains(">0s<");
    }
}
