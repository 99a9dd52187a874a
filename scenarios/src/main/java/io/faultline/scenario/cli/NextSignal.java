package io.faultline.scenario.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/// Has the next signal end the program at once: whoever presses Ctrl-C again does not want to wait
/// for what the first time began.
///
/// By reflection, because the compiler cannot be kept from warning of `sun.misc.Signal`, of which
/// nothing in `java.base` that may be used takes the place.
final class NextSignal {

    /// What a shell adds to the number of a signal for an exit code.
    private static final int SIGNALLED = 128;

    private NextSignal() {}

    /// From now on. Where signals are left to somebody else, as with `-Xrs`, nothing changes.
    static void halts() {
        halt("INT", 2);
        halt("TERM", 15);
    }

    private static void halt(String name, int number) {
        try {
            var signal = Class.forName("sun.misc.Signal");
            var handler = Class.forName("sun.misc.SignalHandler");
            var halting =
                    Proxy.newProxyInstance(
                            NextSignal.class.getClassLoader(),
                            new Class<?>[] {handler},
                            (_, _, _) -> {
                                Runtime.getRuntime().halt(SIGNALLED + number);
                                return null;
                            });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), halting);
        } catch (InvocationTargetException e) {
            if (!(e.getCause() instanceof IllegalArgumentException)) {
                throw new IllegalStateException(e.getCause());
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("jdk.unsupported is not what it was", e);
        }
    }
}
