package io.faultline.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The options of every JVM that is measured: a collector without barriers for other threads, and a
/// nursery that is not much larger than the caches.
final class Jvm {

    static final List<String> ARGUMENTS =
            List.of(
                    "-XX:+UseParallelGC",
                    "-Xmn256m",
                    "--add-exports",
                    "java.base/jdk.internal.vm=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow"); // JMH asks for the layout of its

    // fields

    private Jvm() {}

    /// Runs a class in a new JVM.
    ///
    /// @param heap its options beside those of every JVM
    /// @return what it printed; empty if it failed, after it has said why
    static Optional<String> ask(List<String> heap, Class<?> main, String... arguments)
            throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(heap);
        command.addAll(ARGUMENTS);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        var process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        var answer = new String(process.getInputStream().readAllBytes()).strip();
        return process.waitFor() == 0 ? Optional.of(answer) : Optional.empty();
    }
}
