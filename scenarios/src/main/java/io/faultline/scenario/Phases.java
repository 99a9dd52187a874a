package io.faultline.scenario;

import io.faultline.kernel.SimTime;
import io.faultline.model.Setting;

import java.time.Duration;

/// The parts of a run. All times in a scenario file count from the start of chaos.
public record Phases(
        @Setting(value = "the time before faults begin", byDefault = "0ms") Duration warmup,
        @Setting("the time in which things go wrong") Duration chaos,
        @Setting(value = "the time to settle down after that", byDefault = "0ms") Duration quiet,
        @Setting(
                        value =
                                "the time after that in which what must come to pass holds without"
                                        + " a break",
                        byDefault = "0ms")
                Duration verify) {

    public Phases {
        if (warmup.isNegative() || quiet.isNegative() || verify.isNegative()) {
            throw new IllegalArgumentException("warmup, quiet and verify must not be negative");
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
        return start().plus(chaos).plus(quiet).plus(verify);
    }

    /// The same in terms of reports.
    public io.faultline.report.Phases parts() {
        return new io.faultline.report.Phases(start(), at(chaos), at(chaos.plus(quiet)), end());
    }

    /// The point in the run that a time in the file means.
    public SimTime at(Duration time) {
        return start().plus(time);
    }
}
