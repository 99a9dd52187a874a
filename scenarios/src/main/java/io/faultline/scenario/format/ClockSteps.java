package io.faultline.scenario.format;

import io.faultline.model.ClockStep;

import java.time.Duration;

/// Steps of clocks: `+1600ms`, `-2s`.
final class ClockSteps {
    private ClockSteps() {}

    static final Syntax<ClockStep> SYNTAX =
            new Syntax<>(
                    ClockStep.class,
                    "a step of a clock",
                    "[+-]?" + Durations.PATTERN,
                    "+500ms",
                    ClockSteps::parse,
                    ClockSteps::print);

    private static ClockStep parse(String text) {
        boolean back = text.startsWith("-");
        long nanos = Durations.parse(text.replaceFirst("^[+-]", "")).toNanos();
        if (nanos == 0) {
            throw new IllegalArgumentException(
                    "'" + text + "' sets no clock; write how far: +500ms forward, -2s back");
        }
        return new ClockStep(back ? -nanos : nanos);
    }

    private static String print(ClockStep step) {
        return (step.nanos() < 0 ? "-" : "+")
                + Durations.print(Duration.ofNanos(step.nanos()).abs());
    }
}
