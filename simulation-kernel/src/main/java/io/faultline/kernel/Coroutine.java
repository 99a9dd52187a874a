package io.faultline.kernel;

/// A piece of running code that can be left in the middle and taken up again.
///
/// Two methods are all that the kernel needs: [#resume], called from outside, runs the code until
/// it suspends itself or ends; [#suspend], called from inside, leaves it. [SuspensionMechanism]
/// makes them.
abstract sealed class Coroutine permits ContinuationCoroutine, ThreadCoroutine {

    /// Runs the code from where it is until it suspends or ends.
    abstract void resume();

    /// Leaves the code; returns when it is resumed.
    ///
    /// @throws IllegalStateException if it cannot be left here, because a class is being
    ///   initialised or native code is on the stack
    abstract void suspend();

    /// Where the code was left.
    abstract StackTraceElement[] stackTrace();
}
