package io.faultline.scenario.cli;

import io.faultline.report.JUnitXml;
import io.faultline.report.Report;
import io.faultline.report.TextSummary;
import io.faultline.report.WholeFile;
import io.faultline.scenario.OwnCode;
import io.faultline.scenario.Run;
import io.faultline.scenario.Scenario;
import io.faultline.scenario.ScenarioWriter;
import io.faultline.scenario.campaign.CampaignFolder;

import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;

/// `faultline run`: one scenario, one seed, one verdict.
@Command(
        name = "run",
        description = "Runs a scenario and judges it. The exit code is the verdict.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

    @Mixin private ScenarioSource source;

    @Option(
            names = "--seed",
            paramLabel = "SEED",
            description =
                    "Where all chance comes from, in decimal or 0x…; the scenario's own if left"
                            + " out.",
            converter = Seed.class)
    private Long seed;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where the results go; out/SCENARIO/FINGERPRINT if left out.")
    private Path folder;

    @Option(names = "--json", description = "Prints result.json instead of the summary.")
    private boolean json;

    @Option(
            names = "--allow-vacuous",
            description =
                    "Ends with 0 although no fault took effect or something did not come to pass"
                            + " that should sometimes.")
    private boolean allowVacuous;

    @Option(
            names = "--junit",
            paramLabel = "FILE",
            description = "Writes the verdict as JUnit XML to a file of that name, too.")
    private Path junit;

    @Option(names = "--no-color", description = "Prints without colours.")
    private boolean noColor;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        var written = source.read();
        var scenario = (seed == null ? written : written.withSeed(seed)).drawn();
        var replay = "./faultline run " + source.arguments() + " --seed " + scenario.seed();
        var err = spec.commandLine().getErr();
        if (folder != null) {
            if (CampaignFolder.isOne(folder)) {
                throw new ParameterException(
                        spec.commandLine(),
                        folder + " has the runs of a campaign; choose another folder with --out");
            }
            Results.prepare(folder);
        }
        try (var watch = new Watch(scenario.phases().end(), err)) {
            var run = Run.of(scenario, replay, Version.text(), watch);
            watch.writes();
            if (!json) {
                summarise(run);
            }
            var results = write(scenario, run);
            if (json) {
                spec.commandLine().getOut().print(Files.readString(results.resolve("result.json")));
            }
            err.println("results: " + results.resolve("report.html"));
            if (watch.isInterrupted()) {
                return Exit.INTERRUPTED;
            }
            return run.failure().map(this::brokenDown).orElse(exitCode(run));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int exitCode(Run run) {
        var verdict = run.result().verdict();
        return allowVacuous ? verdict.exitCodeAllowingVacuous() : verdict.exitCode();
    }

    private Path write(Scenario scenario, Run run) throws IOException {
        var result = run.result();
        var results =
                Optional.ofNullable(folder)
                        .orElse(
                                Path.of(
                                        "out",
                                        scenario.name(),
                                        result.fingerprint().substring(0, 12)));
        Files.createDirectories(results);
        WholeFile.write(results.resolve("scenario.resolved.yaml"), ScenarioWriter.write(scenario));
        for (var report : Report.all()) {
            report.write(result, results);
        }
        if (junit != null) {
            WholeFile.write(junit, JUnitXml.of(result));
        }
        if (run.failure().isPresent()) {
            var trace = new StringWriter();
            run.failure().get().printStackTrace(new PrintWriter(trace));
            WholeFile.write(results.resolve("error.txt"), trace.toString());
        }
        return results;
    }

    /// Says how it went before the results are written, which takes longer than many a run.
    private void summarise(Run run) throws IOException {
        var out = spec.commandLine().getOut();
        new TextSummary(!noColor && Ansi.AUTO.enabled()).print(run.result(), out);
        out.flush();
    }

    private int brokenDown(Exception failure) {
        var err = spec.commandLine().getErr();
        err.println(
                OwnCode.culprit(failure)
                        .map(place -> "faultline: a class of yours threw, at " + place + ":")
                        .orElse("faultline: this is a fault of our own, please report it:"));
        err.println("  " + failure.getMessage());
        return Exit.INTERNAL;
    }
}
