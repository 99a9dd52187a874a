package io.faultline.kernel;

import io.faultline.kernel.Outcome.Ending;

import java.util.ArrayList;
import java.util.List;

/// Runs events, one at a time, so that any of them can be suspended.
///
/// Events run one after another on a *worker*, a coroutine, so that no event needs one of its own.
/// When an event suspends itself, its worker stays with it, and the driver goes on with another
/// worker. When the turn of the suspended event comes again, the driver resumes its worker, which
/// afterwards runs events like any other.
final class Processes {

    private final Simulation simulation;
    private final SuspensionMechanism mechanism;
    private final List<Worker> idle = new ArrayList<>();

    // What a worker tells the driver when it hands back control.
    private PostedEvent next;
    private Ending ending;
    private SimulationException failure;

    private Worker running;
    private Suspension firstWaiting;
    private Suspension lastWaiting;
    private int waiting;

    Processes(Simulation simulation, SuspensionMechanism mechanism) {
        this.simulation = simulation;
        this.mechanism = mechanism;
    }

    /// Runs events until there is a reason to end.
    Ending run() {
        ending = null;
        while (true) {
            if (next == null) {
                next = simulation.next();
            }
            if (next == null) {
                return simulation.ending();
            }
            running = worker();
            running.coroutine.resume();
            running = null;
            if (failure != null) {
                var thrown = failure;
                failure = null;
                throw thrown;
            }
            if (ending != null) {
                return ending;
            }
        }
    }

    /// The worker for the next event.
    private Worker worker() {
        if (next instanceof Suspension suspension) {
            next = null;
            simulation.resume(suspension);
            return suspension.worker();
        }
        return idle.isEmpty() ? new Worker() : idle.removeLast();
    }

    /// The worker on which the calling event runs; null outside an event.
    Worker running() {
        return running;
    }

    int waiting() {
        return waiting;
    }

    List<Suspension> suspensions() {
        var all = new ArrayList<Suspension>(waiting);
        for (var at = firstWaiting; at != null; at = at.after) {
            all.add(at);
        }
        return all;
    }

    private void enlist(Suspension suspension) {
        suspension.before = lastWaiting;
        if (lastWaiting == null) {
            firstWaiting = suspension;
        } else {
            lastWaiting.after = suspension;
        }
        lastWaiting = suspension;
        waiting++;
    }

    private void delist(Suspension suspension) {
        if (suspension.before == null) {
            firstWaiting = suspension.after;
        } else {
            suspension.before.after = suspension.after;
        }
        if (suspension.after == null) {
            lastWaiting = suspension.before;
        } else {
            suspension.after.before = suspension.before;
        }
        waiting--;
    }

    /// A coroutine that runs one event after another.
    final class Worker {
        private final Coroutine coroutine = mechanism.make(this::work);

        private void work() {
            simulation.bind();
            while (true) {
                var event = next;
                next = null;
                if (event == null) {
                    event = simulation.next();
                }
                if (event == null) {
                    ending = simulation.ending();
                    pause();
                } else if (event instanceof Suspension) {
                    next = event;
                    pause();
                } else {
                    run(event);
                }
            }
        }

        private void run(PostedEvent event) {
            simulation.start(event);
            try {
                event.run();
            } catch (Throwable thrown) {
                failure = simulation.failure(thrown);
                pause();
            }
        }

        /// Hands control back to the driver with nothing left to do.
        private void pause() {
            idle.add(this);
            coroutine.suspend();
        }

        /// Leaves the running event in the middle.
        void await(Suspension suspension) {
            enlist(suspension);
            try {
                coroutine.suspend();
            } catch (IllegalStateException pinned) {
                suspension.abandon();
                throw pinned;
            } finally {
                delist(suspension);
            }
        }

        StackTraceElement[] stackTrace() {
            return coroutine.stackTrace();
        }
    }
}
