package io.faultline.scenario.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The command line as a process of its own, which can be killed.
final class Program {

    private static final int LONG = 20_000;

    private Program() {}

    static Process start(String... arguments) throws IOException {
        var command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--add-exports",
                                "java.base/jdk.internal.vm=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "io.faultline.scenario.cli.Main"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /// Kills it, without a chance to tidy up, in the middle of what it writes to a file.
    static void killOnceLong(Process process, Path file) throws Exception {
        while (process.isAlive() && (!Files.exists(file) || Files.size(file) < LONG)) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        process.destroyForcibly().waitFor();
    }
}
