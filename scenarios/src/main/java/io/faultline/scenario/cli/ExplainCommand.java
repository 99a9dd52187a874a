package io.faultline.scenario.cli;

import io.faultline.report.Quantity;
import io.faultline.report.WholeFile;
import io.faultline.scenario.Alteration;
import io.faultline.scenario.StabilisationBound;
import io.faultline.scenario.campaign.Engine;
import io.faultline.scenario.explain.ExplainPage;
import io.faultline.scenario.explain.ExplainReport;
import io.faultline.scenario.explain.Explanation;
import io.faultline.scenario.explain.Subject;
import io.faultline.scenario.explain.Trials;
import io.faultline.scenario.explain.Trials.Original;

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
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/// `faultline explain`: why a run ended as it did.
@Command(
        name = "explain",
        description = {
            "Says why a run ended as it did: what led to it, what would not have happened without"
                    + " what, and from when on it could hardly have ended otherwise. SCENARIO may"
                    + " be a folder of results, or its result.json, or the folder of a search.",
            "The exit code is 0 if there was something to explain; 2 if nothing went wrong, 5 if"
                    + " the run went differently from the one recorded."
        },
        mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {

    private static final int FEWEST_LINES = 5;

    @Mixin private RunSource source;
    @Mixin private Jobs jobs;

    @Option(
            names = "--counterfactual",
            description =
                    "Says what would not have happened without what; with --no-return, both, which"
                            + " is what is done if neither is given.")
    private boolean counterfactual;

    @Option(
            names = "--no-return",
            description = "Says how likely it was on the way, and what decided it.")
    private boolean noReturn;

    @Option(
            names = "--window",
            paramLabel = "TIME",
            description =
                    "How far apart failures of a partition may be in two runs to count as the same;"
                            + " the time that the system may take to stabilise if left out.",
            converter = Length.class)
    private Duration window;

    @Option(
            names = "--pairs",
            paramLabel = "N",
            defaultValue = "1000",
            description =
                    "How many pairs of causes are taken away at most where none matters by itself;"
                            + " 1000 if left out.")
    private int pairs;

    @Option(
            names = "--rolls",
            paramLabel = "N",
            defaultValue = "40",
            description = "How often chance is rolled anew from each instant; 40 if left out.")
    private int rolls;

    @Option(
            names = "--budget",
            paramLabel = "TIME",
            defaultValue = "2m",
            description = "Begins no more runs after this time; 2m if left out.",
            converter = TimeBudget.class)
    private Duration budget;

    @Option(
            names = "--lines",
            paramLabel = "N",
            defaultValue = "25",
            description = "How many lines there are at most of what led to it; 25 if left out.")
    private int lines;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where the results go; out/SCENARIO/explained if left out.")
    private Path folder;

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        check();
        var meant = source.read();
        var err = spec.commandLine().getErr();
        var original = Original.of(meant.scenario(), Alteration.NONE);
        var result = original.run().result();
        if (meant.fingerprint().filter(text -> !result.fingerprint().equals(text)).isPresent()) {
            err.println(
                    "faultline: the run went differently: its fingerprint is "
                            + result.fingerprint()
                            + ", and not "
                            + meant.fingerprint().get());
            err.println("reproduce: " + meant.command());
            return Exit.NOT_REPEATABLE;
        }
        if (original.run().failure().isPresent()) {
            err.println(original.run().failure().get().getMessage());
            return Exit.INTERNAL;
        }
        var subject = Subject.of(meant.scenario(), result);
        if (subject.isEmpty()) {
            err.println(
                    "faultline: nothing goes wrong in "
                            + meant.command()
                            + ", so there is nothing to explain");
            return Exit.NOTHING;
        }
        Results.prepare(results(meant));
        return explain(meant, original, subject.get());
    }

    private void check() {
        if (rolls < 1) {
            throw misused("--rolls is 1 or more, but was " + rolls);
        }
        if (pairs < 0) {
            throw misused("--pairs is 0 or more, but was " + pairs);
        }
        if (lines < FEWEST_LINES) {
            throw misused("--lines is " + FEWEST_LINES + " or more, but was " + lines);
        }
        if (window != null && !window.isPositive()) {
            throw misused("--window is more than 0");
        }
    }

    private ParameterException misused(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private int explain(RunSource.Meant meant, Original original, Subject subject) {
        var engine = jobs.engine();
        var trials = new Trials(meant.scenario(), subject, jobs.threads());
        long start = System.nanoTime();
        var asked = new AtomicInteger();
        try (var ticker =
                new Ticker(
                        spec.commandLine().getErr(),
                        () -> progress(trials.runs() + asked.get()),
                        () -> {
                            trials.interrupt();
                            engine.interrupt();
                        })) {
            var explanation =
                    explain(
                            meant,
                            original,
                            subject,
                            trials,
                            engine,
                            () -> {
                                asked.incrementAndGet();
                                return System.nanoTime() - start >= budget.toNanos();
                            });
            print(new ExplainReport(explanation, meant.command(), lines), results(meant));
            return ticker.isInterrupted() ? Exit.INTERRUPTED : Exit.OK;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Explanation explain(
            RunSource.Meant meant,
            Original original,
            Subject subject,
            Trials trials,
            Engine engine,
            BooleanSupplier over) {
        boolean all = counterfactual == noReturn;
        var explanation = Explanation.of(meant.scenario(), original, subject);
        if (all || counterfactual) {
            var apart =
                    Optional.ofNullable(window)
                            .orElseGet(() -> StabilisationBound.of(meant.scenario()).total());
            var further = explanation.withConsequences(original, trials, apart, pairs, over);
            if (trials.isInterrupted()) {
                return explanation;
            }
            explanation = further;
        }
        if (all || noReturn) {
            explanation = explanation.withNoReturn(rolls, engine, over);
        }
        return explanation;
    }

    private static HowFar progress(int runs) {
        return HowFar.of("explain " + Quantity.count(runs, "run"), "{\"runs\":" + runs + "}");
    }

    private Path results(RunSource.Meant meant) {
        return Optional.ofNullable(folder)
                .orElse(Path.of("out", meant.scenario().name(), "explained"));
    }

    private void print(ExplainReport report, Path results) throws IOException {
        WholeFile.write(results.resolve("explain.txt"), report.text());
        WholeFile.write(results.resolve("explain.json"), report.json());
        var page = results.resolve("explain.html");
        WholeFile.write(page, new ExplainPage(report).html());
        var drawing = results.resolve("cascade.dot");
        var consequences = report.explanation().consequences();
        if (consequences.isPresent()) {
            WholeFile.write(drawing, consequences.get().dot());
        } else {
            Files.deleteIfExists(drawing); // of an earlier explanation, perhaps of another run
        }
        var out = spec.commandLine().getOut();
        out.print(json ? report.json() : report.text());
        out.flush();
        spec.commandLine().getErr().println("results: " + page);
    }
}
