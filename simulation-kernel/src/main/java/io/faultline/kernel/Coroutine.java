package io.faultline.kernel;

/// A piece of running code that can be left in the middle and taken up again.
///
/// Two methods are all that the kernel needs: [#resume], called from outside, runs the code until
/// it suspends itself or ends; [#suspend], called from inside, leaves it.
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

    /// How coroutines are made on this JVM.
    enum Mechanism {
        /// The JDK's own continuations, which need `--add-exports
        /// java.base/jdk.internal.vm=ALL-UNNAMED` (the manifest of the command-line tool has it).
        CONTINUATIONS {
            @Override
            Coroutine make(Runnable code) {
                return new ContinuationCoroutine(code);
            }
        },
        /// A virtual thread for each; works everywhere, and is several times slower.
        THREADS {
            @Override
            Coroutine make(Runnable code) {
                return new ThreadCoroutine(code);
            }
        };

        abstract Coroutine make(Runnable code);

        /// The faster one, where the JVM allows it.
        static Mechanism best() {
            var base = Object.class.getModule();
            return base.isExported("jdk.internal.vm", Coroutine.class.getModule())
                    ? CONTINUATIONS
                    : THREADS;
        }
    }
}
