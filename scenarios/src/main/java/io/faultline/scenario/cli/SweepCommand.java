package io.faultline.scenario.cli;

import io.faultline.report.Quantity;
import io.faultline.scenario.OwnCode;
import io.faultline.scenario.Scenario;
import io.faultline.scenario.Source;
import io.faultline.scenario.campaign.Axis;
import io.faultline.scenario.campaign.CampaignFolder;
import io.faultline.scenario.campaign.Constraints;
import io.faultline.scenario.campaign.Engine;
import io.faultline.scenario.campaign.RunLog;
import io.faultline.scenario.campaign.Sampler;
import io.faultline.scenario.campaign.Seeds;
import io.faultline.scenario.campaign.Sweep;
import io.faultline.scenario.campaign.SweepReport;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// `faultline sweep`: one scenario, many settings.
@Command(
        name = "sweep",
        description = {
            "Runs a scenario with many values of some settings, and the same seeds for each.",
            "The exit code is 0 whatever the runs find, since that is what a sweep is for; 5 if a"
                    + " run went differently a second time, 65 if no values fit."
        },
        mixinStandardHelpOptions = true)
final class SweepCommand implements Callable<Integer> {

    private static final int MOST_REASONS = 5;
    private static final long MOST_CELLS = 100_000;

    @Mixin private ScenarioSource source;
    @Mixin private Jobs jobs;

    @Option(
            names = "--vary",
            required = true,
            paramLabel = "PATH=VALUES",
            description = {
                "A setting or parameter and its values; may be repeated.",
                "For example: --vary suspect=1s..5s:5 --vary topology.partitions=4,8,16"
            })
    private List<String> vary = new ArrayList<>();

    @Option(
            names = "--constraint",
            paramLabel = "CONDITION",
            description = {
                "Leaves out the cells in which this does not hold; may be repeated.",
                "For example: --constraint 'suspect >= 3 * heartbeat'"
            })
    private List<String> constraints = new ArrayList<>();

    @Option(
            names = "--repeat",
            paramLabel = "R",
            defaultValue = "10",
            description =
                    "How many seeds each cell is run with, from the scenario's own on; 10 if left"
                            + " out.")
    private int repeat;

    @Option(
            names = "--sampler",
            paramLabel = "grid|lhs",
            defaultValue = "grid",
            description =
                    "Which values meet: all with all (grid), or those of a Latin hypercube with as"
                            + " many points as the longest range has values (lhs).")
    private Sampler sampler;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where the results go; out/SCENARIO/sweep if left out.")
    private Path folder;

    @Option(
            names = "--resume",
            paramLabel = "DIR",
            description = "Goes on with the sweep in this folder, perhaps with more seeds.")
    private Path resume;

    @Option(
            names = "--samples",
            description = "Writes every sample of every run to samples.csv, too.")
    private boolean samples;

    @Option(names = "--json", description = "Prints sweep.json instead of the summary.")
    private boolean json;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        var scenario = source.read();
        if (repeat < 1) {
            throw misused("--repeat is 1 or more, but was " + repeat);
        }
        var text = source.source();
        var plan =
                Sweep.Plan.of(
                        scenario.name(),
                        OwnCode.places(),
                        sampler.points(axes(), scenario.seed()),
                        wanted(scenario, text),
                        values -> cell(scenario, text, values),
                        values -> "./faultline run " + source.arguments(values),
                        sensible(() -> Seeds.from(scenario.seed(), repeat)));
        if (plan.cells().isEmpty()) {
            throw misused("no cell is left: none of " + plan.leftOut() + " meets the constraints");
        }
        if (plan.size() == 0) {
            spec.commandLine().getErr().println("faultline: " + reasons(plan));
            return Exit.INVALID_SCENARIO;
        }
        var engine = jobs.engine();
        var results = new CampaignFolder(path(scenario), CampaignFolder.Kind.SWEEP);
        try (var log = open(results, plan)) {
            return sweep(new Sweep(plan, log), engine, results);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The scenario of a cell, which is run with the same seeds as all others.
    private Scenario cell(Scenario scenario, Source text, Map<String, String> values) {
        var cell = source.read(text, values);
        if (cell.seed() != scenario.seed()) {
            throw misused(
                    "the seed is not varied: every cell is run with the same seeds, as many as"
                            + " --repeat says");
        }
        return cell;
    }

    private int sweep(Sweep sweep, Engine engine, CampaignFolder results) throws IOException {
        var out = spec.commandLine().getOut();
        var err = spec.commandLine().getErr();
        try (var ticker =
                new Ticker(
                        err,
                        () -> progress(sweep),
                        () -> {
                            sweep.interrupt();
                            engine.interrupt();
                        })) {
            sweep.run(engine);
            var report = new SweepReport(sweep, Version.text());
            results.write(report, samples);
            out.print(json ? report.json() : report.text());
            out.flush();
            err.println("results: " + results.results());
            if (ticker.isInterrupted()) {
                err.println("go on with --resume " + results.path());
                return Exit.INTERRUPTED;
            }
            var worst = report.worst();
            worst.ifPresent(fault -> {
                err.println("faultline: " + fault.finding());
                err.println("reproduce: " + fault.command());
            });
            return worst.map(SweepReport.Fault::exitCode).orElse(Exit.OK);
        }
    }

    private RunLog open(CampaignFolder results, Sweep.Plan plan) throws IOException {
        try {
            var text = plan.text(Version.text());
            return resume == null ? results.begin(text) : results.resume(text);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private Path path(Scenario scenario) {
        if (resume != null && folder != null) {
            throw misused("--resume says where the results go; leave --out out");
        }
        return Optional.ofNullable(resume)
                .or(() -> Optional.ofNullable(folder))
                .orElse(Path.of("out", scenario.name(), "sweep"));
    }

    private ParameterException misused(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /// Why no cell can be run, each reason once.
    private static String reasons(Sweep.Plan plan) {
        var cells = new LinkedHashMap<String, List<Sweep.Cell>>();
        for (var cell : plan.cells()) {
            cells.computeIfAbsent(cell.skipped(), _ -> new ArrayList<>()).add(cell);
        }
        var none = "none of " + Quantity.count(plan.cells().size(), "cell") + " can be run";
        if (cells.size() == 1) {
            return none + ": " + cells.keySet().iterator().next();
        }
        var lines = new ArrayList<String>(List.of(none));
        cells.entrySet().stream()
                .limit(MOST_REASONS)
                .forEach(reason ->
                        lines.add(
                                "  "
                                        + reason.getValue().getFirst().words()
                                        + (reason.getValue().size() == 1
                                                ? ""
                                                : " and "
                                                        + (reason.getValue().size() - 1)
                                                        + " more")
                                        + ": "
                                        + reason.getKey()));
        if (cells.size() > MOST_REASONS) {
            lines.add("  and " + (cells.size() - MOST_REASONS) + " more");
        }
        return String.join("\n", lines);
    }

    private List<Axis> axes() {
        return sensible(() -> {
            var axes = vary.stream().map(Axis::parse).toList();
            long paths = axes.stream().map(Axis::path).distinct().count();
            if (paths < axes.size()) {
                throw new IllegalArgumentException("each setting is varied once");
            }
            checkSize(axes);
            return axes;
        });
    }

    private void checkSize(List<Axis> axes) {
        long points = 1;
        for (var axis : axes) {
            points = sampler == Sampler.LHS ? axis.values().size() : points * axis.values().size();
            if (points > MOST_CELLS) {
                throw new IllegalArgumentException(
                        "these are too many cells; "
                                + Quantity.count(MOST_CELLS)
                                + " is the limit, and --sampler lhs has fewer of them");
            }
        }
    }

    private Predicate<Map<String, String>> wanted(Scenario scenario, Source text) {
        var varied = axes().stream().map(Axis::path).toList();
        var wanted = sensible(() -> Constraints.parse(constraints, scenario, varied));
        return values -> sensible(() -> wanted.hold(values, () -> source.read(text, values)));
    }

    /// What makes no sense is a mistake in the command line.
    private <T> T sensible(Supplier<T> something) {
        try {
            return something.get();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private static HowFar progress(Sweep sweep) {
        return HowFar.of(
                sweep.done(),
                sweep.plan().size(),
                "sweep " + sweep.done() + "/" + Quantity.count(sweep.plan().size(), "run"),
                "{\"runs\":" + sweep.done() + ",\"of\":" + sweep.plan().size() + "}");
    }
}
