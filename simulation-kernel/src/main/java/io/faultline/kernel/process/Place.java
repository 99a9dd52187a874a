package io.faultline.kernel.process;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.Simulation;
import io.faultline.kernel.Suspension;

/// One of the things that events wait at: its name, its run, and the instant at which a call of it
/// takes place.
final class Place {

    /// A time-out that never comes.
    static final long FOREVER = Long.MAX_VALUE;

    private final Simulation simulation;
    private final String name;

    /// @param kind what it is, for the error outside a run: `Channel`
    Place(String kind, String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("the name of a " + kind + " must not be blank");
        }
        this.simulation = Simulation.current("new " + kind);
        this.name = name;
    }

    /// Where a call that may wait, or that answers, begins: if the calling event is ahead of the
    /// run, it is suspended until the run is there.
    void arrive(String call) {
        check(call);
        if (isAhead()) {
            simulation.blockingSleep(0);
        }
    }

    /// As [#arrive], for a call with a time-out.
    void arrive(String call, long timeout) {
        if (timeout < 0) {
            throw new IllegalArgumentException(
                    "%s of %s: a time-out must be zero or more, but was %s"
                            .formatted(call, name, SimTime.format(timeout)));
        }
        arrive(call);
    }

    /// Makes a call that neither waits nor answers: now, or at the local clock if that is ahead of
    /// the run.
    void act(String call, Runnable action) {
        check(call);
        if (isAhead()) {
            simulation.post(action);
        } else {
            action.run();
        }
    }

    /// Prepares to suspend the running event.
    Suspension suspension(String what) {
        return simulation.suspension(what);
    }

    long now() {
        return simulation.now().nanos();
    }

    private boolean isAhead() {
        return simulation.localClock() > now();
    }

    private void check(String call) {
        if (Simulation.current(call) != simulation) {
            throw new IllegalStateException(
                    "%s: %s belongs to another run; make one for each".formatted(call, name));
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
