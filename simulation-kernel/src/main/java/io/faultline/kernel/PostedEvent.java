package io.faultline.kernel;

/// One event: something that runs, whole and undisturbed, at one instant of virtual time.
///
/// The weaver writes a subclass for each event method, with the receiver and the arguments as
/// fields. Where an event is needed that belongs to no entity, extend this class by hand; an event
/// object is posted once and never again.
public abstract class PostedEvent implements Cloneable {

    static final int CANCELLED = Integer.MIN_VALUE;
    static final int DONE = Integer.MIN_VALUE + 1;

    /// What comes next after an event that has left its list without running.
    static final PostedEvent OUT_OF_LIST =
            new PostedEvent() {
                @Override
                protected void run() {
                    throw new AssertionError("it marks other events and is never posted");
                }
            };

    /// The place of an event that was never posted.
    static final long NEW = -1;

    /// When it runs, in nanoseconds.
    long time;

    /// Its place among the events of one instant: priority in the upper bits, then sequence.
    long order = NEW;

    /// The next event of the same bucket, while it waits in a list.
    PostedEvent next;

    /// The observation that last happened before it was posted; or what became of the event.
    int cause;

    /// Does what is to happen.
    ///
    /// @throws Throwable whatever goes wrong; it ends the run with a [SimulationException]
    protected abstract void run() throws Throwable;

    /// Whose event this is; null if it belongs to no entity.
    public Object entity() {
        return null;
    }

    /// What is called, with the types of the parameters: `receive(Message)`.
    public String signature() {
        return "run()";
    }

    /// What it is called with.
    public Object[] arguments() {
        return new Object[0];
    }

    /// When the event runs or ran.
    public final SimTime at() {
        return new SimTime(time);
    }

    /// Its number in the order of posting; no other event of the run has the same.
    public final long sequence() {
        return order & Simulation.SEQUENCE_MASK;
    }

    /// The same call, to be posted once more.
    final PostedEvent again() {
        try {
            var copy = (PostedEvent) clone();
            copy.next = null;
            copy.order = NEW;
            return copy;
        } catch (CloneNotSupportedException e) {
            throw new AssertionError("every event can be cloned", e);
        }
    }

    /// Who does what, with what: `n1.receive(ping)`.
    @Override
    public String toString() {
        return Simulation.describe(this);
    }

    /// What knows the classes that the event makes use of.
    Object code() {
        return this;
    }

    final boolean isCancelled() {
        return cause == CANCELLED;
    }

    final boolean isPending() {
        return cause > DONE;
    }

    /// An event that runs a piece of code on behalf of nobody.
    static final class Call extends PostedEvent {
        private final Runnable code;

        Call(Runnable code) {
            this.code = code;
        }

        @Override
        protected void run() {
            code.run();
        }

        @Override
        Object code() {
            return code;
        }
    }
}
