package io.faultline.report.diagnosis;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed.ActionTaken;
import io.faultline.model.observation.Observed.FaultHealed;
import io.faultline.model.observation.Observed.FaultInjected;
import io.faultline.model.observation.Observed.NodeCrashed;
import io.faultline.model.observation.Observed.NodeRestarted;
import io.faultline.model.observation.Observed.PhaseEntered;

import java.util.BitSet;
import java.util.Set;

/// From when on nothing was done to the system any more.
///
/// A fault is over when it heals. A crash is over when it has happened, since what stays is a node
/// that recoveries can start again; so is a restart, with the last node that it starts. Of a fault
/// of another kind that never heals, the beginning counts: whom it keeps out, nothing is expected
/// of, and the others have to live with it. Where the script plays faults, by reports that nothing
/// gave rise to, their time counts as well.
///
/// @param at when the last fault was over
/// @param entry the index of the last entry in which something was done; -1 if nothing ever was
public record Heal(SimTime at, int entry) {

    private static final Set<String> PLAYED = Set.of("arrive", "confirm", "report", "suspect");
    private static final Set<String> OPERATORS =
            Set.of("operator-heal", "operator-retry", "restart-recovery");

    /// One of the times at which a fault strikes.
    record Strike(int fault, int occurrence) {}

    /// Reads it off a trace.
    public static Heal of(Trace trace) {
        var at = SimTime.ZERO;
        int last = -1;
        var restarts = new BitSet();
        for (var entry : trace) {
            restarts.set(entry.index(), isDone(trace, entry, restarts));
            switch (entry.what()) {
                case FaultInjected _, FaultHealed _ -> {
                    at = entry.time();
                    last = entry.index();
                }
                case ActionTaken action when isPlayed(action) -> {
                    at = entry.time();
                    last = entry.index();
                }
                case NodeCrashed _, NodeRestarted _ when restarts.get(entry.index()) -> {
                    at = entry.time();
                    last = entry.index();
                }
                default -> {}
            }
        }
        return new Heal(at, last);
    }

    static boolean isCrash(FaultInjected fault) {
        return fault.kind().equals("crash");
    }

    private static boolean isRestart(FaultInjected fault) {
        return fault.kind().equals("restart");
    }

    /// Whether a restart led to an entry, and no recovery and no operator in between.
    ///
    /// @param restarts the entries before it to which one did
    private static boolean isDone(Trace trace, Trace.Entry entry, BitSet restarts) {
        if (entry.cause() == Trace.NO_CAUSE) {
            return false;
        }
        return switch (trace.get(entry.cause()).what()) {
            case FaultInjected fault -> isRestart(fault);
            case PhaseEntered _, ActionTaken _ -> false;
            default -> restarts.get(entry.cause());
        };
    }

    static Strike strike(FaultInjected fault) {
        return new Strike(fault.fault(), fault.occurrence());
    }

    static Strike strike(FaultHealed fault) {
        return new Strike(fault.fault(), fault.occurrence());
    }

    /// Whether the script plays a fault.
    public static boolean isPlayed(ActionTaken action) {
        return PLAYED.contains(action.kind());
    }

    /// Whether an operator does something about failed partitions.
    static boolean isOperators(ActionTaken action) {
        return OPERATORS.contains(action.kind());
    }
}
