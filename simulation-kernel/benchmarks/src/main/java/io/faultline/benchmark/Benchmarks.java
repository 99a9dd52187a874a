package io.faultline.benchmark;

import io.faultline.benchmark.Results.Series;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Measures the kernel, its peers and its bounds, and prints them side by side.
///
/// Each measurement has a JVM of its own. A round measures everything once, Faultline right before
/// those that it is compared with, and there are several rounds: a machine that becomes slower for
/// a while slows them all.
public final class Benchmarks {

    private static final String USAGE =
            """
            java -jar benchmarks.jar [--quick] [--only REGEX]   measure everything, or what the name fits
            java -jar benchmarks.jar capacity                   check that a large simulation fits into 4 GB
            java -jar benchmarks.jar model [--quick] FOLDER     measure systems of all sizes, and write scale.md there
            """;

    private static final String ALLOCATED = "gc.alloc.rate.norm";

    /// How long to measure; a large workload takes twice as long.
    ///
    /// @param rounds how many JVMs for each workload and engine
    /// @param warmup before each fork's measurements
    /// @param iterations in each fork
    private record Plan(int rounds, Duration warmup, int iterations, Duration iteration) {
        static final Plan FULL = new Plan(3, Duration.ofMillis(1500), 3, Duration.ofMillis(600));
        static final Plan QUICK = new Plan(1, Duration.ofMillis(800), 2, Duration.ofMillis(400));
    }

    private final Plan plan;
    private final Pattern only;
    private final Results results = new Results();
    private final long begin = System.nanoTime();
    private boolean failed;

    private Benchmarks(Plan plan, Pattern only) {
        this.plan = plan;
        this.only = only;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        var arguments = new ArrayList<>(List.of(args));
        if (arguments.equals(List.of("capacity"))) {
            System.exit(isLargeEnough() ? 0 : 1);
        }
        boolean quick = arguments.remove("--quick");
        if (arguments.size() == 2 && arguments.getFirst().equals("model")) {
            System.exit(new Scale(quick).measure(Path.of(arguments.getLast())) ? 0 : 1);
        }
        var plan = quick ? Plan.QUICK : Plan.FULL;
        var only = Pattern.compile("");
        if (arguments.size() == 2 && arguments.getFirst().equals("--only")) {
            only = Pattern.compile(arguments.getLast());
            arguments.clear();
        }
        if (!arguments.isEmpty()) {
            System.err.print(USAGE);
            System.exit(2);
        }
        System.exit(new Benchmarks(plan, only).run() ? 0 : 1);
    }

    private static boolean isLargeEnough() throws IOException, InterruptedException {
        var bytes = Capacity.LARGE.measure();
        System.out.println(
                bytes.isPresent()
                        ? Table.number(bytes.getAsDouble()) + " " + Capacity.LARGE
                        : "failed: " + Capacity.LARGE);
        return bytes.isPresent();
    }

    /// @return whether everything could be measured; whether the targets were met is another
    ///   question
    private boolean run() throws IOException, InterruptedException {
        System.out.println(machine());
        for (int round = 1; round <= plan.rounds(); round++) {
            for (var workload : workloads()) {
                for (var engine : workload.engines()) {
                    progress("round %d of %d, %s, %s", round, plan.rounds(), workload, engine);
                    measure(workload, engine);
                }
            }
        }
        if (only.pattern().isEmpty()) {
            for (var capacity : Capacity.values()) {
                progress("%s", capacity);
                var bytes = capacity.measure();
                bytes.ifPresent(each -> results.add(capacity, each));
                failed |= bytes.isEmpty();
            }
        }
        report();
        return !failed;
    }

    private List<Workload> workloads() {
        return Stream.of(Workload.values())
                .filter(workload -> only.matcher(workload.name()).find())
                .toList();
    }

    private void measure(Workload workload, Engine engine) {
        var options =
                new OptionsBuilder()
                        .include(Pattern.quote(Slices.class.getName() + ".run") + "$")
                        .param("workload", workload.name())
                        .param("engine", engine.name())
                        .forks(1)
                        .warmupIterations(1)
                        .warmupTime(time(plan.warmup(), workload))
                        .measurementIterations(plan.iterations())
                        .measurementTime(time(plan.iteration(), workload))
                        .addProfiler(GCProfiler.class)
                        .jvmArgs(forkArguments())
                        .verbosity(VerboseMode.SILENT)
                        .shouldFailOnError(true)
                        .build();
        try {
            results.add(workload, engine, series(new Runner(options).runSingle()));
        } catch (RunnerException e) {
            failed = true;
            System.err.println("failed: " + workload + ", " + engine + ": " + e.getMessage());
        }
    }

    private static String[] forkArguments() {
        return Stream.concat(Stream.of("-Xms3g", "-Xmx3g"), Jvm.ARGUMENTS.stream())
                .toArray(String[]::new);
    }

    private static Series series(RunResult result) {
        var speeds =
                result.getBenchmarkResults().stream()
                        .flatMap(fork -> fork.getIterationResults().stream())
                        .map(iteration -> iteration.getPrimaryResult().getScore())
                        .toList();
        return new Series(speeds, List.of(result.getSecondaryResults().get(ALLOCATED).getScore()));
    }

    private static TimeValue time(Duration duration, Workload workload) {
        return TimeValue.milliseconds(duration.toMillis() * (workload.isLarge() ? 2 : 1));
    }

    private void progress(String what, Object... arguments) {
        var seconds = (System.nanoTime() - begin) / 1_000_000_000;
        System.err.printf(Locale.ROOT, "%4d s  %s%n", seconds, what.formatted(arguments));
    }

    private void report() {
        System.out.println();
        System.out.println(Table.ofComparison(results));
        System.out.println(Table.ofEngines(results));
        for (var capacity : Capacity.values()) {
            results.of(capacity)
                    .ifPresent(bytes -> System.out.println(Table.number(bytes) + " " + capacity));
        }
        System.out.println();
        Target.ALL.forEach(target -> System.out.println(target.verdict(results)));
        System.out.println();
        System.out.println(machine());
    }

    static String machine() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        return String.format(
                Locale.ROOT,
                "%s %s, %d processors, %s, load %.1f",
                System.getProperty("java.vm.name"),
                System.getProperty("java.vm.version"),
                system.getAvailableProcessors(),
                system.getArch(),
                system.getSystemLoadAverage());
    }
}
