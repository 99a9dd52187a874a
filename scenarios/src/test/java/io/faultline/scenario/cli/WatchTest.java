package io.faultline.scenario.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.Simulation;

import org.junit.jupiter.api.Test;

import java.io.PrintWriter;
import java.io.StringWriter;

class WatchTest {

    private final Simulation simulation = new Simulation(1);
    private final SimTime end = new SimTime(10);

    @Test
    void progressSaysWhetherItRunsJudgesOrWrites() {
        try (var watch = watch(false)) {
            watch.runs(simulation);
            assertThat(watch.line(simulation)).startsWith("{\"phase\":\"running\",\"percent\":0,");
            watch.judges();
            assertThat(watch.line(simulation)).isEqualTo("{\"phase\":\"judging\",\"events\":0}");
            watch.writes();
            assertThat(watch.line(simulation)).isEqualTo("{\"phase\":\"writing\",\"events\":0}");
        }
    }

    @Test
    void whoLooksAtATerminalIsToldInWords() {
        try (var watch = watch(true)) {
            watch.runs(simulation);
            assertThat(watch.line(simulation)).startsWith("0 % | 0.000s of ");
            watch.judges();
            assertThat(watch.line(simulation)).isEqualTo("judging 0 events");
        }
    }

    private Watch watch(boolean terminal) {
        return new Watch(end, new PrintWriter(new StringWriter()), terminal);
    }
}
