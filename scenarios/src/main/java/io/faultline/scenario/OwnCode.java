package io.faultline.scenario;

import io.faultline.kernel.SimulationException;

import java.util.List;
import java.util.Optional;

/// Tells whose fault it is that a run breaks down: that of this program, or of a class that is no
/// part of it.
public final class OwnCode {

    /// What neither the user has written nor anybody who works on this program.
    private static final List<String> LIBRARIES =
            List.of(
                    "java.",
                    "javax.",
                    "jdk.",
                    "sun.",
                    "com.sun.",
                    "org.apache.",
                    "org.HdrHistogram.",
                    "org.jfree.",
                    "org.snakeyaml.",
                    "tools.jackson.");

    private OwnCode() {}

    /// The place in a class of the user's from which an exception came, if it came from there:
    /// thrown by it, or by something that it called.
    public static Optional<StackTraceElement> culprit(Throwable thrown) {
        var cause =
                thrown instanceof SimulationException && thrown.getCause() != null
                        ? thrown.getCause()
                        : thrown;
        for (var frame : cause.getStackTrace()) {
            var name = frame.getClassName();
            if (name.startsWith("io.faultline.scenario.")) {
                return Optional.empty(); // whoever started the run
            }
            if (!name.startsWith("io.faultline.")
                    && LIBRARIES.stream().noneMatch(name::startsWith)) {
                return Optional.of(frame);
            }
        }
        return Optional.empty();
    }
}
