package io.faultline.scenario.cli;

import io.faultline.model.Probability;
import io.faultline.report.Quantity;
import io.faultline.scenario.OwnCode;
import io.faultline.scenario.Scenario;
import io.faultline.scenario.campaign.CampaignFolder;
import io.faultline.scenario.campaign.Engine;
import io.faultline.scenario.campaign.RunLog;
import io.faultline.scenario.campaign.Search;
import io.faultline.scenario.campaign.SearchReport;
import io.faultline.scenario.campaign.Seeds;
import io.faultline.scenario.campaign.Shrinks;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;

/// `faultline search`: one scenario, many seeds.
@Command(
        name = "search",
        description = {
            "Runs a scenario with many seeds on all cores, and groups the failures.",
            "The exit code is the gravest of all runs: 5, 70, 1, 3, 4, 2, 0."
        },
        mixinStandardHelpOptions = true)
final class SearchCommand implements Callable<Integer> {

    @Mixin private ScenarioSource source;
    @Mixin private Jobs jobs;

    @Option(
            names = "--seeds",
            paramLabel = "SEEDS",
            description =
                    "The seeds, such as 1..1000, 0x10..0x1f or 7,9; from 1 on if there is a budget"
                            + " and they are left out.",
            converter = SeedSet.class)
    private Seeds seeds;

    @Option(
            names = "--budget",
            paramLabel = "TIME",
            description = "Begins no more runs after this time, such as 10m.",
            converter = TimeBudget.class)
    private Duration budget;

    @Option(
            names = "--until-stable",
            paramLabel = "N",
            description =
                    "Ends when N seeds in a row brought neither a new kind of failure nor a new"
                            + " combination of fault and recovery phase.")
    private Long stable;

    @Option(
            names = "--stop-on",
            paramLabel = "first|N|never",
            defaultValue = "never",
            description = "After how many failures to end; never if left out.")
    private String stopOn;

    @Option(
            names = "--shrink",
            description =
                    "Shrinks the first failure of each kind, as the command shrink does, and writes"
                            + " the scenarios and tests to shrunk/ in the folder of results.")
    private boolean shrink;

    @Option(
            names = "--shrink-budget",
            paramLabel = "TIME",
            description =
                    "With --shrink: ends with what there is after this time for all of them; 1m if"
                            + " left out.",
            converter = TimeBudget.class)
    private Duration shrinkBudget;

    @Option(
            names = "--recheck",
            paramLabel = "SHARE",
            defaultValue = "5%",
            description =
                    "The share of runs that are made twice, in different threads and with different"
                            + " queues of events, and compared; 5%% if left out.",
            converter = Share.class)
    private Probability recheck;

    @Option(
            names = "--resume",
            paramLabel = "DIR",
            description = "Goes on with the search in this folder.")
    private Path resume;

    @Option(
            names = "--shard",
            paramLabel = "I/N",
            description =
                    "Runs one in N of the seeds, from the I-th on; 1/4 to 4/4 are all of them.")
    private String shard;

    @Option(
            names = "--merge",
            paramLabel = "DIR",
            description =
                    "Takes the runs that there are in the folder of another search of the same"
                        + " scenario, such as a shard; may be repeated. What is missing is run.")
    private List<Path> merged = new ArrayList<>();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where the results go; out/SCENARIO/search if left out.")
    private Path folder;

    @Option(
            names = "--allow-vacuous",
            description =
                    "Does not end with 2 because of runs in which no fault took effect or something"
                            + " did not come to pass that should sometimes.")
    private boolean allowVacuous;

    @Option(names = "--json", description = "Prints summary.json instead of the summary.")
    private boolean json;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        if (shrinkBudget != null && !shrink) {
            throw misused("--shrink-budget needs --shrink: without it, nothing is shrunk");
        }
        var scenario = source.read();
        var plan =
                new Search.Plan(
                        scenario,
                        OwnCode.places(),
                        "./faultline run " + source.arguments(),
                        seeds(),
                        failures(),
                        stable(),
                        Optional.ofNullable(budget),
                        recheck);
        var engine = jobs.engine();
        var results = new CampaignFolder(path(scenario), CampaignFolder.Kind.SEARCH);
        try {
            checkMerged(results);
            try (var log = open(results, plan)) {
                merge(plan, log);
                return search(plan, engine, results, log);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int search(Search.Plan plan, Engine engine, CampaignFolder results, RunLog log)
            throws IOException {
        remarkOnOthers(plan, results, log);
        var search = new Search(plan, log);
        var out = spec.commandLine().getOut();
        var err = spec.commandLine().getErr();
        long start = System.nanoTime();
        try (var ticker =
                new Ticker(
                        err,
                        () -> progress(search.progress(), System.nanoTime() - start),
                        () -> {
                            search.interrupt();
                            engine.interrupt();
                        })) {
            search.run(engine);
            var found =
                    new SearchReport(
                            plan, search.summary(), search.ending().orElseThrow(), Version.text());
            var report =
                    shrink
                            ? new Shrinks(jobs.threads(), shrinkBudget(), ticker::isInterrupted)
                                    .of(found)
                            : found;
            results.write(report);
            out.print(json ? report.json() : report.text());
            out.flush();
            err.println("results: " + results.results());
            if (ticker.isInterrupted()) {
                err.println("go on with --resume " + results.path());
                return Exit.INTERRUPTED;
            }
            return allowVacuous
                    ? report.summary().exitCodeAllowingVacuous()
                    : report.summary().exitCode();
        }
    }

    private Duration shrinkBudget() {
        return shrinkBudget == null ? Duration.ofMinutes(1) : shrinkBudget;
    }

    /// What a search that goes on has run before, but is not about now.
    private void remarkOnOthers(Search.Plan plan, CampaignFolder results, RunLog log) {
        long others = log.size() - log.size(plan.seeds());
        if (others > 0) {
            spec.commandLine()
                    .getErr()
                    .println(
                            "faultline: "
                                    + Quantity.count(others, "earlier run")
                                    + " in "
                                    + results.path()
                                    + " with other seeds than "
                                    + plan.seeds()
                                    + " will not be counted");
        }
    }

    /// Before what is there is discarded.
    private void checkMerged(CampaignFolder results) throws IOException {
        for (var path : merged) {
            if (!Files.exists(path)) {
                throw misused("--merge names " + path + ", and there is no such folder");
            }
            if (Files.exists(results.path()) && Files.isSameFile(path, results.path())) {
                throw misused("--merge names " + path + ", which is where the results go");
            }
        }
    }

    private void merge(Search.Plan plan, RunLog log) throws IOException {
        for (var path : merged) {
            var folder = new CampaignFolder(path, CampaignFolder.Kind.SEARCH);
            try (var other = folder.resume(plan.text(Version.text()))) {
                log.append(other);
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.commandLine(), e.getMessage(), e);
            }
        }
    }

    private RunLog open(CampaignFolder results, Search.Plan plan) throws IOException {
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
                .orElse(Path.of("out", scenario.name(), "search"));
    }

    private Seeds seeds() {
        if (seeds == null && budget == null) {
            throw misused("say which seeds, as in --seeds 1..1000, or for how long: --budget 10m");
        }
        var all = seeds == null ? Seeds.ENDLESS : seeds;
        return shard == null ? all : shard(all);
    }

    private Seeds shard(Seeds all) {
        var parts = shard.split("/");
        try {
            if (parts.length == 2) {
                return all.part(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw misused("--shard takes I/N with I from 1 to N, as in 1/4, but not '" + shard + "'");
    }

    private OptionalLong stable() {
        if (stable == null) {
            return OptionalLong.empty();
        }
        if (stable < 1) {
            throw misused("--until-stable takes 1 or more seeds, but not " + stable);
        }
        return OptionalLong.of(stable);
    }

    private OptionalLong failures() {
        return switch (stopOn) {
            case "never" -> OptionalLong.empty();
            case "first" -> OptionalLong.of(1);
            default -> {
                if (!stopOn.matches("[1-9][0-9]{0,17}")) {
                    throw misused(
                            "--stop-on takes first, never or a number of failures, but not '"
                                    + stopOn
                                    + "'");
                }
                yield OptionalLong.of(Long.parseLong(stopOn));
            }
        };
    }

    private ParameterException misused(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private static HowFar progress(Search.Progress progress, long nanos) {
        double rate = progress.made() / Math.max(1e-9, nanos / 1e9);
        boolean endless = progress.of() == Long.MAX_VALUE;
        var json =
                String.format(
                        Locale.ROOT,
                        "{\"runs\":%d,%s\"perSecond\":%.1f,\"failures\":%d,\"signatures\":%d}",
                        progress.runs(),
                        endless ? "" : "\"of\":" + progress.of() + ",",
                        rate,
                        progress.failures(),
                        progress.signatures());
        var words =
                "search "
                        + Quantity.count(progress.runs())
                        + (endless ? "" : "/" + Quantity.count(progress.of()))
                        + " seeds | "
                        + String.format(Locale.ROOT, "%.1f/s", rate)
                        + " | "
                        + Quantity.count(progress.failures(), "failure")
                        + ", "
                        + Quantity.count(progress.signatures(), "signature");
        if (endless) {
            return HowFar.of(words, json);
        }
        long left = progress.of() - progress.runs();
        return HowFar.of(
                progress.runs(),
                progress.of(),
                progress.made() == 0
                        ? words
                        : words + String.format(Locale.ROOT, " | eta %.0f s", left / rate),
                json);
    }
}
