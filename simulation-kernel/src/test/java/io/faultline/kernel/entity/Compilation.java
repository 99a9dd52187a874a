package io.faultline.kernel.entity;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.kernel.Simulation;
import io.faultline.kernel.weave.WeaveProcessor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/// Sources compiled as a user's build does it: by javac, with the weaver on the processor path and
/// all lints on.
record Compilation(boolean succeeded, List<String> messages, Path output) {

    private static final Pattern PACKAGE =
            Pattern.compile("^package ([\\w.]+);", Pattern.MULTILINE);
    private static final Pattern TYPE =
            Pattern.compile(
                    "^(?:@Entity |public |final |abstract |sealed"
                            + " )*(?:class|interface|@interface|record|enum|module) (\\w+)",
                    Pattern.MULTILINE);

    /// Where the kernel and the classes of these tests are.
    static final List<Path> CLASS_PATH = List.of(place(Simulation.class), place(Compilation.class));

    /// Where the weaver is.
    static final Path WEAVER = place(WeaveProcessor.class);

    /// Compiles whole source files into a directory that may hold the result of an earlier
    /// compilation, which they see.
    static Compilation into(Path output, String... sources) {
        var options = List.of("-Xlint:all", "--processor-path", WEAVER.toString());
        return compile(output, classPath(output), options, sources);
    }

    /// As [#into], but as a build does it that knows nothing of the weaver.
    static Compilation withoutWeaver(Path output, String... sources) {
        return compile(output, classPath(output), List.of("-proc:none"), sources);
    }

    static Compilation compile(
            Path output, List<Path> classPath, List<String> options, String... sources) {
        var javac = ToolProvider.getSystemJavaCompiler();
        var diagnostics = new DiagnosticCollector<JavaFileObject>();
        try (var files =
                javac.getStandardFileManager(diagnostics, Locale.ROOT, StandardCharsets.UTF_8)) {
            files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(output));
            files.setLocationFromPaths(StandardLocation.CLASS_PATH, classPath);
            var succeeded =
                    javac.getTask(null, files, diagnostics, options, null, sources(sources)).call();
            return new Compilation(
                    succeeded,
                    diagnostics.getDiagnostics().stream().map(Compilation::line).toList(),
                    output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<JavaFileObject> sources(String... sources) {
        return Arrays.stream(sources).<JavaFileObject>map(Source::new).toList();
    }

    private static List<Path> classPath(Path output) {
        return Stream.concat(CLASS_PATH.stream(), Stream.of(output)).toList();
    }

    /// The same, where anything that javac has to say is a failure.
    Compilation clean() {
        assertThat(messages).isEmpty();
        assertThat(succeeded).isTrue();
        return this;
    }

    /// The bytes of each class file, by its path in the output.
    Map<String, byte[]> classFiles() {
        try (var files = Files.walk(output)) {
            return files.filter(Files::isRegularFile)
                    .collect(
                            Collectors.toMap(
                                    file -> output.relativize(file).toString(),
                                    Compilation::bytes,
                                    (a, b) -> a,
                                    TreeMap::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A loader that sees the output. What it loads is verified, as all code is that is not the
    /// JDK's.
    URLClassLoader loader() {
        try {
            return new URLClassLoader(
                    new URL[] {output.toUri().toURL()}, Compilation.class.getClassLoader());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Sets up a simulation with the class `Main`, which is a `Runnable`, and runs it.
    Simulation run() {
        var simulation = new Simulation(1);
        simulation.within(main());
        simulation.run();
        return simulation;
    }

    Runnable main() {
        try {
            return (Runnable) loader().loadClass("Main").getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /// A diagnostic as `Node.java:4: warning: …`.
    private static String line(Diagnostic<? extends JavaFileObject> diagnostic) {
        var place =
                diagnostic.getSource() == null
                        ? ""
                        : Path.of(diagnostic.getSource().getName()).getFileName()
                                + ":"
                                + diagnostic.getLineNumber()
                                + ": ";
        var kind = diagnostic.getKind() == Diagnostic.Kind.ERROR ? "error: " : "warning: ";
        return place + kind + diagnostic.getMessage(Locale.ROOT);
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path place(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /// A source file that is not on disk.
    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String text) {
            super(URI.create("memory:///" + path(text)), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }

        private static String path(String text) {
            var type = TYPE.matcher(text);
            var place = PACKAGE.matcher(text);
            assertThat(type.find()).isTrue();
            var name = type.group().contains("module ") ? "module-info" : type.group(1);
            return Stream.of(place.find() ? place.group(1).replace('.', '/') : "", name + ".java")
                    .filter(part -> !part.isEmpty())
                    .collect(Collectors.joining("/"));
        }
    }
}
