package io.faultline.model.cluster;

import io.faultline.kernel.Timer;
import io.faultline.kernel.entity.Kronos;

import java.util.ArrayList;
import java.util.List;

/// The clock of a node, by which everybody there measures time. It is right unless a fault sets it
/// or changes its rate.
///
/// Like a machine, it has two faces. What it *counts* never goes back, and timers run by it: a step
/// moves none of them, and a change of rate stretches or shrinks what is left of each. What it
/// *shows* is that and all steps: whoever compares what it shows now with what it showed before
/// takes a step for time that has passed.
public final class NodeClock {

    private static final int FEW = 8;

    private final Runnable changed;
    private final List<Running> timers = new ArrayList<>();
    private final List<Runnable> unseenSteps = new ArrayList<>();
    private final List<Runnable> unseenDrifts = new ArrayList<>();

    private ClockState state = ClockState.RIGHT;
    private int enough = FEW;

    /// A timer that may have to be moved.
    ///
    /// @param due what the clock will have counted when it is due
    private record Running(Timer timer, long due) {}

    /// @param changed to be run when the clock was set or goes at another rate
    NodeClock(Runnable changed) {
        this.changed = changed;
    }

    /// What it shows now.
    public long read() {
        if (!unseenSteps.isEmpty()) {
            see(unseenSteps);
        }
        return counted() + state.set();
    }

    /// What it has counted until now.
    public long counted() {
        if (!unseenDrifts.isEmpty()) {
            see(unseenDrifts);
        }
        return state.counted(Kronos.currentTime());
    }

    /// What it will have counted, or had counted, when it shows a time, unless it is set again.
    public long countedWhenShowing(long time) {
        return time - state.set();
    }

    /// How long it is, in virtual time, until it will have counted so much; 0 if it has.
    public long until(long count) {
        if (!unseenDrifts.isEmpty()) {
            see(unseenDrifts);
        }
        return Math.max(0, state.instantOf(count) - Kronos.currentTime());
    }

    /// Makes one call when it has counted some nanoseconds more.
    ///
    /// @param call code that calls exactly one event method
    public Timer timer(long nanos, int priority, Runnable call) {
        long due = counted() + nanos;
        var timer = Kronos.timer(until(due), priority, call);
        if (timers.size() == enough) {
            timers.removeIf(running -> !running.timer.isPending());
            enough = Math.max(FEW, 2 * timers.size());
        }
        timers.add(new Running(timer, due));
        return timer;
    }

    /// Somebody sets it.
    ///
    /// @param nanos how far forward, or back if negative
    /// @param seen run when somebody first reads the clock after that
    /// @return sets it by as much the other way
    public Runnable step(long nanos, Runnable seen) {
        unseenSteps.add(seen);
        set(nanos);
        return () -> {
            unseenSteps.remove(seen);
            set(-nanos);
        };
    }

    private void set(long nanos) {
        state = state.stepped(nanos);
        changed.run();
    }

    /// It goes at another rate from now on.
    ///
    /// @param ppm by how many millionths it is faster, or slower if negative, than it was
    /// @param seen run when somebody first measures time by it after that, a timer that runs
    ///   included
    /// @return has it go as much slower; what it shows until then stays wrong
    public Runnable drift(int ppm, Runnable seen) {
        unseenDrifts.add(seen);
        pace(ppm);
        return () -> {
            unseenDrifts.remove(seen);
            pace(-ppm);
        };
    }

    private void pace(int ppm) {
        state = state.drifting(Kronos.currentTime(), state.ppm() + ppm);
        timers.removeIf(running -> !running.timer.isPending());
        timers.forEach(running -> running.timer.restart(until(running.due)));
        changed.run();
    }

    private static void see(List<Runnable> unseen) {
        var seen = List.copyOf(unseen);
        unseen.clear();
        seen.forEach(Runnable::run);
    }

    @Override
    public String toString() {
        return state.toString();
    }
}
