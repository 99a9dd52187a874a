package io.faultline.kernel;

/// How a running event is suspended and resumed on this JVM. It makes no difference to what a run
/// does, only to how fast.
public enum SuspensionMechanism {

    /// The JDK's own continuations, which need `--add-exports
    /// java.base/jdk.internal.vm=ALL-UNNAMED` (the manifest of the command-line tool has it).
    CONTINUATIONS("continuations: an event is suspended and resumed in a few hundred nanoseconds") {
        @Override
        Coroutine make(Runnable code) {
            return new ContinuationCoroutine(code);
        }
    },

    /// A virtual thread for each event that is suspended; works everywhere.
    THREADS(
            "virtual threads: suspending an event takes several times longer than need be; start"
                    + " Java with --add-exports java.base/jdk.internal.vm=ALL-UNNAMED") {
        @Override
        Coroutine make(Runnable code) {
            return new ThreadCoroutine(code);
        }
    };

    private final String sentence;

    SuspensionMechanism(String sentence) {
        this.sentence = sentence;
    }

    /// What it is and what it means, for people.
    public String sentence() {
        return sentence;
    }

    abstract Coroutine make(Runnable code);

    /// The faster one, where the JVM allows it.
    static SuspensionMechanism best() {
        var base = Object.class.getModule();
        return base.isExported("jdk.internal.vm", Coroutine.class.getModule())
                ? CONTINUATIONS
                : THREADS;
    }
}
