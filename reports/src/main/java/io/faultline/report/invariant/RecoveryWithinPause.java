package io.faultline.report.invariant;

import io.faultline.kernel.Trace;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.observation.Observed.AttemptFinished;
import io.faultline.model.observation.Observed.PauseTimedOut;
import io.faultline.model.observation.Observed.Paused;
import io.faultline.model.observation.Observed.PhaseEntered;
import io.faultline.model.observation.Observed.Quiesced;
import io.faultline.model.observation.Observed.Resumed;
import io.faultline.model.recovery.OnPauseTimeout;
import io.faultline.model.recovery.PauseSharing;
import io.faultline.model.recovery.RecoveryPhase;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// Every phase of an attempt lies in a pause, after the wait for operations in flight. If the time
/// for them was over first, the attempt goes ahead only where the protocol says so, and says of
/// itself that it is inconsistent; no other attempt does, and none that was over before its first
/// phase, since that did nothing.
///
/// Where the pause is a flag, nobody is promised that: whoever finds it set does not wait, and the
/// first to leave ends it for all.
public record RecoveryWithinPause() implements Law {

    private enum Wait {
        NONE("there is no pause"),
        DRAINING("operations in flight are still waited for"),
        QUIET("no operation is in flight"),
        TIMED_OUT("the time for operations in flight was over");

        final String text;

        Wait(String text) {
            this.text = text;
        }
    }

    @Override
    public String description() {
        return "recoveries work in a pause, after operations in flight were waited for";
    }

    @Override
    public List<Violation> check(Trace trace, Rules rules) {
        var violations = new ArrayList<Violation>();
        if (rules.pause() == PauseSharing.FLAG) {
            return violations;
        }
        boolean aborts = rules.onPauseTimeout() == OnPauseTimeout.ABORT;
        var wait = Wait.NONE;
        var begun = new HashSet<PartitionId>();
        for (var entry : trace) {
            switch (entry.what()) {
                case Paused _ -> wait = Wait.DRAINING;
                case Quiesced _ -> wait = Wait.QUIET;
                case PauseTimedOut _ -> wait = Wait.TIMED_OUT;
                case Resumed _ -> wait = Wait.NONE;
                case PhaseEntered(var partition, var phase, _)
                        when phase != RecoveryPhase.FAILED -> {
                    begun.add(partition);
                    boolean right =
                            switch (wait) {
                                case NONE, DRAINING -> false;
                                case QUIET -> true;
                                case TIMED_OUT -> !aborts;
                            };
                    if (!right) {
                        violations.add(
                                new Violation(
                                        entry,
                                        partition + " entered " + phase + " while " + wait.text));
                    }
                }
                case AttemptFinished(var partition, _, _, var inconsistent) -> {
                    boolean worked = begun.remove(partition);
                    if (inconsistent != (worked && wait == Wait.TIMED_OUT && !aborts)) {
                        violations.add(
                                new Violation(
                                        entry,
                                        "the recovery of "
                                                + partition
                                                + " was called "
                                                + (inconsistent ? "inconsistent" : "consistent")
                                                + " while "
                                                + wait.text));
                    }
                }
                default -> {}
            }
        }
        return violations;
    }
}
