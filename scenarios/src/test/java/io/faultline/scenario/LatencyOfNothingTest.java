package io.faultline.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.report.chart.Figure.Drawing;
import io.faultline.report.chart.LatencyPercentiles;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;

/// Where latencies of 0 are in the figure of percentiles, whose axis is logarithmic.
class LatencyOfNothingTest {

    @ParameterizedTest
    @ValueSource(strings = {"worked/sc-09-no-confirmation", "worked/sc-20-crash"})
    void whatTakesNoTimeHasALineOfItsOwnThatSaysSo(String name) {
        assertThat(draw(name).csv()).contains(",0\n");
        assertThat(draw(name).svg()).contains(">0s<");
    }

    @Test
    void whereEverythingTakesTimeThereIsNoSuchLine() {
        assertThat(draw("failures/flapping-node").csv()).doesNotContain(",0\n");
        assertThat(draw("failures/flapping-node").svg()).doesNotContain(">0s<", ">less<");
    }

    private static Drawing draw(String name) {
        var source = Catalogue.load().find(name);
        var scenario = new ScenarioParser(Judge.VOCABULARY).parse(source, Map.of());
        return new LatencyPercentiles().draw(Run.of(scenario, "", "").result());
    }
}
