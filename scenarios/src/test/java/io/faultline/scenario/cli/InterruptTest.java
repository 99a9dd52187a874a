package io.faultline.scenario.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.json.JsonMapper;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Sends the signal of Ctrl-C to a command that has been at work for a second, in a process of its
/// own. What there is until then is written, unless the signal comes again.
class InterruptTest {

    private static final int INTERRUPTED = 130;

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "run      | result.json   | chaos/random-crash --set phases.chaos=10000h",
                "search   | summary.json  | chaos/random-crash --seeds 1..1000000",
                "search   | summary.json  | chaos/random-crash --budget 10h",
                "sweep    | sweep.json    | chaos/random-crash --vary phases.quiet=1s..9s:9"
                        + " --repeat 100000",
                "shrink   | shrunk.yaml   | failures/spinning-recovery --set phases.quiet=2000s"
                        + " --budget 10h",
                "explain  | explain.json  | failures/tight-timeouts --rolls 100000 --budget 10h",
            })
    void writesWhatThereIs(String command, String written, String arguments) throws Exception {
        var process = start(command, arguments, folder.resolve("out"));
        var said = untilInterrupted(process);
        var mapper = JsonMapper.shared();

        assertThat(process.waitFor()).as(String.join("\n", said)).isEqualTo(INTERRUPTED);
        assertThat(folder.resolve("out").resolve(written)).isNotEmptyFile();
        assertThat(said)
                .filteredOn(line -> line.startsWith("{"))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(mapper.readTree(line).isObject()).isTrue())
                .noneMatch(line -> line.contains(Long.toString(Long.MAX_VALUE)));
        assertThat(said).noneMatch(line -> line.contains("Exception"));
    }

    /// The command cannot end, since nobody reads the pipe that it writes to, and would wait for
    /// half a minute.
    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void theSecondSignalEndsItAtOnce(String signal, int code) throws Exception {
        var pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        var out = folder.resolve("out");
        var arguments = "chaos/random-crash --set phases.chaos=10000h --junit " + pipe;
        var process = start("run", arguments, out);
        try (var said = process.errorReader(StandardCharsets.UTF_8)) {
            said.readLine();
            send(signal, process);
            assertThat(said.lines().anyMatch(line -> line.contains("writing"))).isTrue();
            assertThat(process.waitFor(1, TimeUnit.SECONDS)).isFalse();
            send(signal, process);
            assertThat(process.waitFor(15, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(code);
        } finally {
            process.destroyForcibly();
        }
    }

    private static void send(String signal, Process process) throws IOException {
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start();
    }

    /// What it says, of which the first line of progress is answered with the signal.
    private static List<String> untilInterrupted(Process process) throws IOException {
        var said = new ArrayList<String>();
        boolean interrupted = false;
        try (var err =
                new BufferedReader(
                        new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            for (var line = err.readLine(); line != null; line = err.readLine()) {
                said.add(line);
                if (!interrupted && line.startsWith("{")) {
                    interrupted = true;
                    send("INT", process);
                }
            }
        }
        return said;
    }

    private static Process start(String command, String arguments, Path out) throws IOException {
        var line = new ArrayList<String>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(List.of("-XX:TieredStopAtLevel=1", "-Djava.awt.headless=true"));
        line.addAll(List.of("-cp", System.getProperty("java.class.path")));
        line.addAll(List.of(Main.class.getName(), command));
        line.addAll(List.of(arguments.split(" ")));
        line.addAll(List.of("--out", out.toString()));
        return new ProcessBuilder(line).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    }
}
