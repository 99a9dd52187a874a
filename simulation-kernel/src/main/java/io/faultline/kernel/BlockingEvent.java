package io.faultline.kernel;

/// An event whose caller waits for its result.
///
/// The weaver writes a subclass for each blocking event method. The caller goes on at the local
/// clock at which the event ends, with its value or its exception.
public abstract class BlockingEvent extends PostedEvent {

    Suspension caller;

    /// Does what is to happen.
    ///
    /// @return the result; null for a method without one
    /// @throws Throwable what the caller will see thrown
    protected abstract Object evaluate() throws Throwable;

    @Override
    protected final void run() {
        Object result;
        try {
            result = evaluate();
        } catch (Throwable thrown) {
            caller.fail(thrown);
            return;
        }
        caller.resume(result);
    }
}
