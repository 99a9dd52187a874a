package io.faultline.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.report.chart.Likelihood.Point;

import org.junit.jupiter.api.Test;

import java.util.List;

/// A probability over time.
class LikelihoodTest {

    private static final List<Point> POINTS =
            List.of(
                    new Point(0, 0.1, 0, 0.25),
                    new Point(5, 0.1, 0.05, 0.3),
                    new Point(6, 1, 0.9, 1));

    @Test
    void itIsDrawnInOurInksWithItsIntervalAndItsNumbers() {
        var drawing = new Likelihood("How likely", POINTS).draw("See the jump.");
        assertThat(drawing.lookFor()).isEqualTo("See the jump.");
        assertThat(drawing.svg())
                .contains("aria-label=\"How likely\"", "s-curve-4", "s-muted", ">100 %<", ">0s<");
        assertThat(drawing.csv())
                .isEqualTo(
                        """
                        seconds,share,low95,high95
                        0.000000000,0.100000,0.000000,0.250000
                        5.000000000,0.100000,0.050000,0.300000
                        6.000000000,1.000000,0.900000,1.000000
                        """);
        assertThat(drawing.legend()).hasSize(2);
    }

    @Test
    void itIsTheSameEveryTime() {
        assertThat(new Likelihood("How likely", POINTS).draw("").svg())
                .isEqualTo(new Likelihood("How likely", POINTS).draw("").svg());
    }

    @Test
    void aPointIsNoCurve() {
        assertThat(new Likelihood("How likely", POINTS.subList(0, 1)).draw("").isEmpty()).isTrue();
    }
}
