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
        try (var watch = watch()) {
            watch.runs(simulation);
            assertThat(json(watch)).startsWith("{\"phase\":\"running\",\"percent\":0,");
            watch.judges();
            assertThat(json(watch)).isEqualTo("{\"phase\":\"judging\",\"events\":0}");
            watch.writes();
            assertThat(json(watch)).isEqualTo("{\"phase\":\"writing\",\"events\":0}");
        }
    }

    @Test
    void whoLooksAtATerminalIsToldInWords() {
        try (var watch = watch()) {
            watch.runs(simulation);
            assertThat(watch.progress(simulation).words()).startsWith("0 % | 0.000s of ");
            watch.judges();
            assertThat(watch.progress(simulation).bar()).isEqualTo("judging 0 events");
        }
    }

    private String json(Watch watch) {
        return watch.progress(simulation).json();
    }

    private Watch watch() {
        return new Watch(end, new PrintWriter(new StringWriter()));
    }
}
