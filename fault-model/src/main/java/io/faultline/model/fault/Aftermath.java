package io.faultline.model.fault;

import io.faultline.kernel.random.Constant;
import io.faultline.kernel.random.Distribution;
import io.faultline.model.network.MessageKind;

import java.time.Duration;
import java.util.List;

/// What may still hold up the system when a fault is over.
///
/// @param losesReliable whether messages of reliable channels may have been lost, which then wait
///   to be sent again
/// @param late how much later than usual a message may come that was sent before the end
/// @param clockStep how far clocks may have been set back
/// @param clockRate by which share clocks may be too slow
public record Aftermath(
        boolean losesReliable, Distribution late, Duration clockStep, double clockRate) {

    private static final Distribution IN_TIME = new Constant(0);

    /// Nothing.
    static final Aftermath NONE = new Aftermath(false, IN_TIME, Duration.ZERO, 0);

    /// Messages of some kinds were lost.
    ///
    /// @param messages the kinds; all if empty
    static Aftermath ofLost(List<MessageKind> messages) {
        boolean losesReliable =
                messages.isEmpty() || messages.stream().anyMatch(MessageKind::isReliable);
        return new Aftermath(losesReliable, IN_TIME, Duration.ZERO, 0);
    }

    /// Messages are late.
    static Aftermath ofLate(Distribution late) {
        return new Aftermath(false, late, Duration.ZERO, 0);
    }

    /// Clocks were set.
    static Aftermath ofClockStep(Duration step) {
        return new Aftermath(false, IN_TIME, step, 0);
    }

    /// Clocks were too slow.
    static Aftermath ofClockRate(int ppm) {
        return new Aftermath(false, IN_TIME, Duration.ZERO, ppm / 1e6);
    }
}
