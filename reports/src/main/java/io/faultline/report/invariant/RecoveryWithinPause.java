package io.faultline.report.invariant;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.Trace;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.observation.Observed.AttemptFinished;
import io.faultline.model.observation.Observed.AttemptRestarted;
import io.faultline.model.observation.Observed.LockGranted;
import io.faultline.model.observation.Observed.PauseTimedOut;
import io.faultline.model.observation.Observed.Paused;
import io.faultline.model.observation.Observed.PhaseEntered;
import io.faultline.model.observation.Observed.Quiesced;
import io.faultline.model.observation.Observed.Resumed;
import io.faultline.model.recovery.OnPauseTimeout;
import io.faultline.model.recovery.PauseSharing;
import io.faultline.model.recovery.RecoveryPhase;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Every phase of an attempt lies in a pause, after the wait for operations in flight. If the time
/// for them was over first, the attempt goes ahead only where the protocol says so.
///
/// Where the pause is a flag, the first to leave ends it for all, so only the beginning of an
/// attempt is bound: whoever set the flag waits until all have come to rest or the time for that is
/// over, even if somebody ends the pause in between, and whoever finds it set begins at once.
///
/// An attempt is inconsistent, and says so, unless all were at rest from its first phase to its
/// end, in one pause. One that was over before its first phase did nothing, and is consistent.
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
        var check = new Check(rules);
        trace.forEach(check::see);
        return check.violations;
    }

    private static final class Check {
        final List<Violation> violations = new ArrayList<>();
        final boolean isFlag;
        final boolean aborts;
        final Set<PartitionId> begun = new HashSet<>();
        // Those of them that all were at rest for, so far.
        final Set<PartitionId> atRest = new HashSet<>();
        final Set<PartitionId> restarted = new HashSet<>();
        final Map<PartitionId, SimTime> granted = new HashMap<>();
        Wait wait = Wait.NONE;
        boolean isPaused;
        PartitionId last;
        PartitionId beginner;
        SimTime released;

        Check(Rules rules) {
            isFlag = rules.pause() == PauseSharing.FLAG;
            aborts = rules.onPauseTimeout() == OnPauseTimeout.ABORT;
        }

        void see(Trace.Entry entry) {
            switch (entry.what()) {
                case LockGranted(var partition, _) -> {
                    last = partition;
                    granted.put(partition, entry.time());
                }
                case Paused _ -> {
                    isPaused = true;
                    beginner = last;
                    wait = Wait.DRAINING;
                }
                case Quiesced _ -> waited(entry, Wait.QUIET);
                case PauseTimedOut _ -> waited(entry, Wait.TIMED_OUT);
                case Resumed _ -> {
                    isPaused = false;
                    wait = isFlag ? wait : Wait.NONE;
                    atRest.clear();
                }
                case AttemptRestarted restart -> restarted.add(restart.partition());
                case PhaseEntered(var partition, var phase, _) when phase != RecoveryPhase.FAILED ->
                        enter(entry, partition, phase);
                case AttemptFinished(var partition, _, _, var inconsistent) -> {
                    boolean worked = begun.remove(partition);
                    boolean right = worked && !atRest.remove(partition);
                    if (inconsistent != right) {
                        add(
                                entry,
                                "the recovery of "
                                        + partition
                                        + " was called "
                                        + (inconsistent ? "inconsistent" : "consistent")
                                        + " while "
                                        + state());
                    }
                }
                default -> {}
            }
        }

        void waited(Trace.Entry entry, Wait how) {
            wait = how;
            released = entry.time();
        }

        void enter(Trace.Entry entry, PartitionId partition, RecoveryPhase phase) {
            boolean begins = phase == RecoveryPhase.DETECTING;
            boolean goesOn = begins ? restarted.remove(partition) : true;
            begun.add(partition);
            if (begins && isPaused && wait == Wait.QUIET) {
                atRest.add(partition);
            } else if (begins) {
                atRest.remove(partition);
            }
            boolean right =
                    isFlag
                            ? goesOn || mayBegin(entry, partition)
                            : isPaused && wait != Wait.DRAINING && !hasToAbort();
            if (!right) {
                add(entry, partition + " entered " + phase + " while " + state());
            }
        }

        /// Where the pause is a flag.
        boolean mayBegin(Trace.Entry entry, PartitionId partition) {
            boolean hasWaited = entry.time().equals(released);
            boolean findsItSet =
                    isPaused
                            && entry.time().equals(granted.get(partition))
                            && !(partition.equals(beginner) && wait == Wait.DRAINING);
            return (hasWaited || findsItSet) && !hasToAbort();
        }

        boolean hasToAbort() {
            return aborts && wait == Wait.TIMED_OUT;
        }

        String state() {
            return isPaused ? wait.text : Wait.NONE.text;
        }

        void add(Trace.Entry entry, String sentence) {
            violations.add(new Violation(entry, sentence));
        }
    }
}
