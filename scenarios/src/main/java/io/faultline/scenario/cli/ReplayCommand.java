package io.faultline.scenario.cli;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.Trace;
import io.faultline.model.Kind;
import io.faultline.report.Json;
import io.faultline.report.Said;
import io.faultline.scenario.Run;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;

/// `faultline replay`: one run again, with a log of what happened.
@Command(
        name = "replay",
        description = {
            "Makes a run again and prints what happened, in sentences. SCENARIO may be a folder of"
                    + " results, or its result.json, or the folder of a search.",
            "The exit code is the verdict; 5 if the run went differently from the one recorded."
        },
        mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {

    @Mixin private RunSource source;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description =
                    "Prints what happened from this virtual time on; from the start if left"
                            + " out.",
            converter = Length.class)
    private Duration from;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            description = "Prints what happened up to this virtual time; to the end if left out.",
            converter = Length.class)
    private Duration to;

    @Option(
            names = "--fingerprint",
            paramLabel = "HEX",
            description =
                    "The fingerprint that the run must have, or its first 12 digits or more; that"
                            + " of the results if left out.")
    private String fingerprint;

    @Option(
            names = "--step",
            description = "Waits for Enter after each sentence; q prints no more of them.")
    private boolean step;

    @Option(
            names = "--allow-vacuous",
            description =
                    "Ends with 0 although no fault took effect or something did not come to pass"
                            + " that should sometimes.")
    private boolean allowVacuous;

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    @Spec private CommandSpec spec;

    /// An observation that is worth a sentence.
    private record Line(Trace.Entry entry, Said said) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT, "%12s  %-12s  %s", entry.time(), entry.actor(), said.text());
        }
    }

    @Override
    public Integer call() {
        if (from != null && to != null && from.compareTo(to) > 0) {
            throw new ParameterException(
                    spec.commandLine(), "--from is after --to, so nothing lies between them");
        }
        var meant = source.read();
        var expected = expected(meant.fingerprint());
        var err = spec.commandLine().getErr();
        Run run;
        try (var watch = new Watch(meant.scenario().phases().end(), err)) {
            run = Run.of(meant.scenario(), meant.command(), Version.text(), watch);
            if (watch.isInterrupted()) {
                print(run, Optional.empty(), false);
                return Exit.INTERRUPTED;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        boolean differs =
                expected.filter(text -> !run.result().fingerprint().startsWith(text)).isPresent();
        try {
            print(run, expected, differs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (differs) {
            err.println(
                    "faultline: the run went differently: its fingerprint is "
                            + run.result().fingerprint()
                            + ", and not "
                            + expected.get());
            return Exit.NOT_REPEATABLE;
        }
        var verdict = run.result().verdict();
        return run.failure().isPresent()
                ? Exit.INTERNAL
                : allowVacuous ? verdict.exitCodeAllowingVacuous() : verdict.exitCode();
    }

    private Optional<String> expected(Optional<String> recorded) {
        if (fingerprint == null) {
            return recorded;
        }
        var digits = fingerprint.toLowerCase(Locale.ROOT);
        if (!digits.matches("[0-9a-f]{12,64}")) {
            throw new ParameterException(
                    spec.commandLine(),
                    "a fingerprint has 12 to 64 hexadecimal digits, unlike '" + fingerprint + "'");
        }
        return Optional.of(digits);
    }

    private void print(Run run, Optional<String> expected, boolean differs) throws IOException {
        var lines = lines(run.result().trace());
        var out = spec.commandLine().getOut();
        if (json) {
            out.print(json(run, lines, expected, differs));
            return;
        }
        out.println(run.result().scenario() + ", seed " + run.result().seed());
        for (var line : lines) {
            out.println(line);
            if (step) {
                out.flush();
                int key = System.in.read();
                while (key >= 0 && key != '\n' && key != 'q') {
                    key = System.in.read();
                }
                if (key == 'q') {
                    break;
                }
            }
        }
        run.failure().ifPresent(broken -> out.println(broken.getMessage()));
        out.println(
                Kind.name(run.result().verdict().answer())
                        + ", fingerprint "
                        + run.result().fingerprint()
                        + (expected.isEmpty() ? "" : differs ? "" : ", as recorded"));
        if (differs || !run.held()) {
            out.println("reproduce: " + run.result().replay());
        }
    }

    private List<Line> lines(Trace trace) {
        return trace.stream()
                .filter(entry -> from == null || !entry.time().isBefore(SimTime.of(from)))
                .filter(entry -> to == null || !entry.time().isAfter(SimTime.of(to)))
                .flatMap(entry -> Said.of(entry.what()).map(said -> new Line(entry, said)).stream())
                .toList();
    }

    private static String json(
            Run run, List<Line> lines, Optional<String> expected, boolean differs) {
        var result = run.result();
        var bytes = new ByteArrayOutputStream();
        try (var json = Json.indented(bytes)) {
            json.writeStartObject();
            json.writeStringProperty("scenario", result.scenario());
            json.writeNumberProperty("seed", result.seed());
            json.writeStringProperty("seedText", Long.toString(result.seed()));
            json.writeStringProperty("fingerprint", result.fingerprint());
            if (expected.isPresent()) {
                json.writeStringProperty("expected", expected.get());
                json.writeBooleanProperty("same", !differs);
            }
            json.writeStringProperty("verdict", Kind.name(result.verdict().answer()));
            json.writeNumberProperty("exitCode", result.verdict().exitCode());
            json.writeArrayPropertyStart("log");
            for (var line : lines) {
                json.writeStartObject();
                json.writeNumberProperty("i", line.entry().index());
                json.writeNumberProperty("t", line.entry().time().nanos());
                json.writeStringProperty("at", line.entry().time().toString());
                json.writeStringProperty("actor", line.entry().actor());
                json.writeStringProperty("topic", Kind.name(line.said().topic()));
                json.writeStringProperty("text", line.said().text());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeRaw('\n');
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
