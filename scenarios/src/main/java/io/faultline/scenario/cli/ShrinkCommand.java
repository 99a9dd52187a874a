package io.faultline.scenario.cli;

import io.faultline.report.Quantity;
import io.faultline.scenario.Run;
import io.faultline.scenario.campaign.Shrink;
import io.faultline.scenario.campaign.ShrinkReport;
import io.faultline.scenario.campaign.Signature;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// `faultline shrink`: the smallest scenario in which the same goes wrong.
@Command(
        name = "shrink",
        description = {
            "Looks for the smallest scenario in which the same goes wrong, and writes it down as a"
                    + " scenario file and as a test. SCENARIO may be a folder of results, or its"
                    + " result.json, or the folder of a search.",
            "The exit code is 0 if there is one; 2 if nothing goes wrong, 5 if the run went"
                    + " differently from the one recorded."
        },
        mixinStandardHelpOptions = true)
final class ShrinkCommand implements Callable<Integer> {

    @Mixin private RunSource source;

    @Option(
            names = "--budget",
            paramLabel = "TIME",
            defaultValue = "2m",
            description = "Ends with what there is after this time; 2m if left out.",
            converter = TimeBudget.class)
    private Duration budget;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where the results go; out/SCENARIO/shrunk if left out.")
    private Path folder;

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        var meant = source.read();
        var out = spec.commandLine().getOut();
        var err = spec.commandLine().getErr();
        var first = Run.of(meant.scenario(), meant.command(), Version.text());
        var fingerprint = first.result().fingerprint();
        if (meant.fingerprint().filter(text -> !fingerprint.equals(text)).isPresent()) {
            err.println(
                    "faultline: the run went differently: its fingerprint is "
                            + fingerprint
                            + ", and not "
                            + meant.fingerprint().get());
            err.println("reproduce: " + meant.command());
            return Exit.NOT_REPEATABLE;
        }
        if (Signature.of(first).isClean()) {
            err.println(
                    "faultline: nothing goes wrong in "
                            + meant.command()
                            + ", so there is nothing to shrink");
            return Exit.NOTHING;
        }
        var results =
                Optional.ofNullable(folder)
                        .orElse(Path.of("out", meant.scenario().name(), "shrunk"));
        Results.prepare(results);
        long start = System.nanoTime();
        var interrupted = new AtomicBoolean();
        var runs = new AtomicInteger();
        try (var ticker =
                new Ticker(
                        err,
                        () ->
                                HowFar.of(
                                        "shrink " + Quantity.count(runs.get(), "run"),
                                        "{\"runs\":" + runs + "}"),
                        () -> interrupted.set(true))) {
            var shrunk =
                    Shrink.of(
                            meant.scenario(),
                            () -> {
                                runs.incrementAndGet();
                                return interrupted.get()
                                        || System.nanoTime() - start >= budget.toNanos();
                            });
            var report = new ShrinkReport(shrunk.orElseThrow());
            var file = report.write(results);
            if (json) {
                out.print(report.json());
            } else {
                out.print(report.text());
                out.println();
                out.print(report.yaml());
                out.println();
                out.println("reproduce: ./faultline run " + ScenarioSource.quoted(file.toString()));
            }
            out.flush();
            err.println("results: " + file);
            return ticker.isInterrupted() ? Exit.INTERRUPTED : Exit.OK;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
