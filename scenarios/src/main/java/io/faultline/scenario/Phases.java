package io.faultline.scenario;

import io.faultline.kernel.SimTime;
import io.faultline.model.Setting;

import java.time.Duration;

/// The parts of a run. All times in a scenario file count from the start of chaos.
public record Phases(
        @Setting(value = "the time before faults begin", byDefault = "0ms") Duration warmup,
        @Setting("the time in which things go wrong") Duration chaos,
        @Setting(value = "the time to settle down after that", byDefault = "0ms") Duration quiet) {

    public Phases {
        if (warmup.isNegative() || quiet.isNegative()) {
            throw new IllegalArgumentException("warmup and quiet must not be negative");
        }
        if (!chaos.isPositive()) {
            throw new IllegalArgumentException("chaos must be longer than 0");
        }
    }

    /// When chaos begins.
    public SimTime start() {
        return SimTime.of(warmup);
    }

    /// When the run ends.
    public SimTime end() {
        return start().plus(chaos).plus(quiet);
    }

    /// The point in the run that a time in the file means.
    public SimTime at(Duration time) {
        return start().plus(time);
    }

    /// The same, as points in the run.
    io.faultline.report.Phases ofRun() {
        return new io.faultline.report.Phases(start(), at(chaos), end());
    }
}
