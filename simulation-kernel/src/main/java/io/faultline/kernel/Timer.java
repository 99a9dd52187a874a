package io.faultline.kernel;

/// A posted event that can still be called off.
///
/// A timer is one-shot: when it has run or was cancelled it is over for good, and starting again
/// means a new timer. A cancelled timer costs nothing later and leaves nothing behind.
public final class Timer {

    private final Simulation simulation;
    private final PostedEvent event;

    Timer(Simulation simulation, PostedEvent event) {
        this.simulation = simulation;
        this.event = event;
    }

    /// Calls the event off.
    ///
    /// @return whether it was still pending; if not, nothing happens
    public boolean cancel() {
        return simulation.cancel(event);
    }

    /// Whether the event is still to run.
    public boolean isPending() {
        return event.isPending();
    }

    /// When it runs, ran, or would have run.
    public SimTime deadline() {
        return event.at();
    }
}
