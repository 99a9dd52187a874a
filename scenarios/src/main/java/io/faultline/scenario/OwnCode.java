package io.faultline.scenario;

import io.faultline.kernel.SimulationException;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Classes that are no part of this program: where they are, and whether it is one of them whose
/// fault it is that a run breaks down.
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

    /// Looks for classes in further places.
    private static final class Loader extends URLClassLoader {
        private final List<String> places;

        Loader(List<String> places) {
            super(
                    places.stream().map(OwnCode::url).toArray(URL[]::new),
                    OwnCode.class.getClassLoader());
            this.places = places;
        }
    }

    /// Finds classes of this program, and those in further places.
    ///
    /// @param places jars and folders
    public static ClassLoader loader(List<Path> places) {
        return new Loader(
                places.stream()
                        .map(place -> place.toAbsolutePath().normalize().toString())
                        .toList());
    }

    /// Where this thread looks for classes that are no part of this program: jars and folders, in
    /// full.
    public static List<String> places() {
        return Thread.currentThread().getContextClassLoader() instanceof Loader loader
                ? loader.places
                : List.of();
    }

    private static URL url(String place) {
        try {
            return Path.of(place).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("no class path: " + place, e);
        }
    }

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
