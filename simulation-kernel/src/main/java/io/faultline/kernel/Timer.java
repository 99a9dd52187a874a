package io.faultline.kernel;

/// A call that is due at a later time and can be called off, put off, or repeated.
///
/// A cancelled timer costs nothing later and leaves nothing behind. What it calls is an event like
/// any other; a timer of [Simulation#every] calls it again and again until it is cancelled.
public final class Timer {

    private static final long ONCE = 0;

    private final Simulation simulation;
    private final long period;
    private final long priority;
    private PostedEvent due;
    private PostedEvent repeat;

    private Timer(Simulation simulation, long period, long priority, PostedEvent due) {
        this.simulation = simulation;
        this.period = period;
        this.priority = priority;
        this.due = due;
    }

    static Timer once(Simulation simulation, PostedEvent due) {
        return new Timer(simulation, ONCE, due.order & Simulation.PRIORITY_MASK, due);
    }

    static Timer every(Simulation simulation, long period, PostedEvent due) {
        var timer = new Timer(simulation, period, due.order & Simulation.PRIORITY_MASK, due);
        timer.repeatAfterwards();
        return timer;
    }

    /// Posts, right behind the call that is due, what will post the next one.
    private void repeatAfterwards() {
        repeat =
                new PostedEvent.Call(() -> {
                    post(Simulation.sum(due.time, period));
                    repeatAfterwards();
                });
        simulation.postAt(due.time, priority, repeat);
    }

    private void post(long time) {
        due = due.again();
        simulation.postAt(time, priority, due);
    }

    /// Calls it off.
    ///
    /// @return whether anything was still to come; if not, nothing happens
    public boolean cancel() {
        boolean pending = simulation.cancel(due);
        return repeat != null && simulation.cancel(repeat) || pending;
    }

    /// Makes it due at another time, whether it was still to come or is over.
    ///
    /// @param nanos how much later than the local clock; zero or more. A repeated call goes on from
    ///   there in its period
    public void restart(long nanos) {
        long time = simulation.later("a delay", nanos);
        cancel();
        post(time);
        if (period != ONCE) {
            repeatAfterwards();
        }
    }

    /// Whether the call is still to come.
    public boolean isPending() {
        return due.isPending();
    }

    /// When it is due, or was due last.
    public SimTime deadline() {
        return due.at();
    }
}
