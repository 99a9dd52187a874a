package io.faultline.kernel;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/// A running event that waits in the middle: made by the event itself, handed to whoever will end
/// the wait, then awaited.
///
/// ```java
/// var turn = simulation.suspension("a free teller");
/// queue.add(turn);
/// Object value = turn.await();   // another event calls turn.resume(value)
/// ```
///
/// The event goes on at the local clock of the event that resumes it, as an event of its own with
/// the priority that it had. If it had slept ahead of that, it goes on at its own local clock: no
/// event's clock runs backwards. A suspension ends once; whatever would end it again does nothing.
public final class Suspension extends PostedEvent {

    private static final Object TIMED_OUT = new Object();

    private static final Set<String> KERNEL =
            Set.of(
                    "io.faultline.kernel",
                    "io.faultline.kernel.entity",
                    "io.faultline.kernel.process");

    private final Simulation simulation;
    private final Processes.Worker worker;
    private final PostedEvent waiting;
    private final Object what;
    private final long since;
    private final long priority;

    private boolean ended;
    private Object value;
    private Throwable thrown;
    private Timer timeout;

    // All that are waiting in one simulation, in the order in which they began to.
    Suspension before;
    Suspension after;

    Suspension(
            Simulation simulation,
            Processes.Worker worker,
            PostedEvent waiting,
            Object what,
            long since,
            long priority) {
        this.simulation = simulation;
        this.worker = worker;
        this.waiting = waiting;
        this.what = what;
        this.since = since;
        this.priority = priority;
    }

    /// Waits until somebody resumes this event.
    ///
    /// @return what it was resumed with
    /// @throws Throwable what it was made to fail with, undeclared
    public Object await() {
        worker.await(this);
        if (thrown != null) {
            throw Suspension.<RuntimeException>undeclared(thrown);
        }
        return value;
    }

    /// Waits until somebody resumes this event, but not for longer than `nanos`.
    ///
    /// @return what it was resumed with; empty if the time was over first, or if that was null
    public Optional<Object> await(long nanos) {
        timeout =
                simulation.timer(nanos, simulation.priority(), () -> simulation.post(this::expire));
        var result = await();
        return result == TIMED_OUT ? Optional.empty() : Optional.ofNullable(result);
    }

    private void expire() {
        end(TIMED_OUT, null);
    }

    /// Whether the wait is over because its time was.
    public boolean hasTimedOut() {
        return value == TIMED_OUT;
    }

    /// Has the waiting event go on with a value.
    ///
    /// @return whether it was still waiting
    public boolean resume(Object value) {
        return end(value, null);
    }

    /// Has the waiting event go on with an exception, thrown where it waits.
    ///
    /// @return whether it was still waiting
    public boolean fail(Throwable thrown) {
        return end(null, thrown);
    }

    private boolean end(Object value, Throwable thrown) {
        if (ended) {
            return false;
        }
        ended = true;
        this.value = value;
        this.thrown = thrown;
        if (timeout != null) {
            timeout.cancel();
        }
        simulation.postAt(Math.max(simulation.localClock(), since), priority, this);
        return true;
    }

    /// Has the waiting event go on by itself after a time.
    void endAfter(long nanos) {
        ended = true;
        simulation.postAt(simulation.later("a sleep", nanos), priority, this);
    }

    /// Takes back a wait that did not come about.
    void abandon() {
        ended = true;
        if (order != NEW) {
            simulation.cancel(this);
        }
    }

    /// Whether nobody has ended the wait.
    public boolean isWaiting() {
        return !ended;
    }

    /// Whose event waits; null if it belongs to no entity.
    @Override
    public Object entity() {
        return waiting.entity();
    }

    @Override
    public String signature() {
        return waiting.signature();
    }

    @Override
    public Object[] arguments() {
        return waiting.arguments();
    }

    /// When it began to wait.
    public SimTime since() {
        return new SimTime(since);
    }

    /// How long it has waited at a given time.
    public Duration waited(SimTime now) {
        return now.since(since());
    }

    PostedEvent waitingEvent() {
        return waiting;
    }

    Processes.Worker worker() {
        return worker;
    }

    /// The line of the model's code that waits.
    Optional<StackTraceElement> where() {
        return Arrays.stream(worker.stackTrace())
                .filter(frame -> !KERNEL.contains(packageOf(frame)))
                .filter(frame -> !frame.getClassName().startsWith("java."))
                .filter(frame -> !frame.getClassName().startsWith("jdk."))
                .findFirst();
    }

    private static String packageOf(StackTraceElement frame) {
        var name = frame.getClassName();
        return name.substring(0, Math.max(0, name.lastIndexOf('.')));
    }

    @Override
    protected void run() {
        throw new AssertionError("a suspension is resumed, not run");
    }

    /// Who waits for what, where, and since when.
    @Override
    public String toString() {
        return Simulation.describe(waiting)
                + " waits for "
                + what
                + " since "
                + since()
                + where().map(frame -> " at " + frame).orElse("");
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T undeclared(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
