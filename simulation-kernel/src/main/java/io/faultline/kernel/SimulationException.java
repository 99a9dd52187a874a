package io.faultline.kernel;

/// A run that broke down: an exception in an event that nobody caught.
///
/// The message says where it happened and how to see it again; the cause is what the event threw.
public final class SimulationException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient SimTime time;
    private final String event;
    private final long seed;

    SimulationException(SimTime time, String event, long seed, String replay, Throwable cause) {
        super(
                "run failed at %s in %s: %s; seed %d; replay with: %s"
                        .formatted(time, event, cause, seed, replay),
                cause);
        this.time = time;
        this.event = event;
        this.seed = seed;
    }

    /// The virtual time of the event that failed.
    public SimTime time() {
        return time;
    }

    /// The event that failed: entity, method and arguments.
    public String event() {
        return event;
    }

    /// The seed of the run.
    public long seed() {
        return seed;
    }
}
