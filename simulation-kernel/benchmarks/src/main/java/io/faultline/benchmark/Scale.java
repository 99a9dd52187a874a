package io.faultline.benchmark;

import io.faultline.report.chart.ScalePlot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Measures what a second of virtual time costs systems of all sizes, and writes it down as a page
/// with a picture.
///
/// Each measurement has a JVM of its own. A round measures everything once, and there are several
/// rounds: a machine that becomes slower for a while slows them all.
final class Scale {

    private final Results results = new Results();
    private final boolean quick;
    private final int rounds;
    private final List<String> lengths;
    private boolean failed;

    /// @param quick whether to see only that it works
    Scale(boolean quick) {
        this.quick = quick;
        rounds = quick ? 1 : 3;
        // Milliseconds of warm-up, iterations, and milliseconds of each.
        lengths = quick ? List.of("500", "2", "200") : List.of("2000", "5", "400");
    }

    /// @return whether everything could be measured; whether the targets were met is another
    ///   question
    boolean measure(Path folder) throws IOException, InterruptedException {
        var before = Benchmarks.machine();
        System.out.println(before);
        for (int round = 1; round <= rounds; round++) {
            for (var cluster : Cluster.all()) {
                System.err.println("round " + round + " of " + rounds + ", " + cluster);
                measure(cluster);
            }
        }
        System.err.println(ZoneLoss.TITLE);
        ZoneLoss.measure().ifPresentOrElse(results::add, () -> failed = true);
        System.out.println(Table.ofClusters(results));
        Target.OF_MODELS.forEach(target -> System.out.println(target.verdict(results)));
        var after = Benchmarks.machine();
        System.out.println(after);
        Files.writeString(folder.resolve("scale.md"), page(before, after));
        Files.writeString(folder.resolve("scale.csv"), csv());
        Files.writeString(folder.resolve("scale.svg"), ScalePlot.svg(curves()));
        return !failed;
    }

    private void measure(Cluster cluster) throws IOException, InterruptedException {
        Jvm.ask(
                        List.of("-Xmx4g"),
                        Cluster.class,
                        cluster.heartbeats().name(),
                        Integer.toString(cluster.partitions()),
                        lengths.get(0),
                        lengths.get(1),
                        lengths.get(2))
                .ifPresentOrElse(
                        costs -> results.add(cluster, costs.lines().map(Double::valueOf).toList()),
                        () -> failed = true);
    }

    private String csv() {
        return Cluster.all().stream()
                .filter(cluster -> results.cost(cluster).isPresent())
                .map(cluster ->
                        String.format(
                                Locale.ROOT,
                                "%s,%d,%.6f%n",
                                cluster.heartbeats().name().toLowerCase(Locale.ROOT),
                                cluster.partitions(),
                                results.cost(cluster).getAsDouble()))
                .collect(
                        Collectors.joining(
                                "", "heartbeats,partitions,ms_per_virtual_second\n", ""));
    }

    private List<ScalePlot.Curve> curves() {
        return Arrays.stream(Heartbeats.values())
                .map(heartbeats ->
                        new ScalePlot.Curve(
                                heartbeats.toString(),
                                Cluster.all().stream()
                                        .filter(c -> c.heartbeats() == heartbeats)
                                        .filter(c -> results.cost(c).isPresent())
                                        .map(c ->
                                                new ScalePlot.Point(
                                                        c.partitions(),
                                                        results.cost(c).getAsDouble()))
                                        .toList()))
                .toList();
    }

    private String page(String before, String after) {
        return """
        # How large a system can be

        What a second of virtual time costs on the clock on the wall, in one thread: each partition sends two heartbeats a
        second to each of those that watch it, over a network with a latency of 1 ms, and nothing goes wrong.

        ![Milliseconds for each second of virtual time, by the number of partitions](scale.svg)

        %s
        The numbers of the picture are in [scale.csv](scale.csv). A zone loss is a scenario from its file to its verdict:
        %s.

        ```
        %s
        ```

        Written by

        ```
        ./mvnw -Pbenchmarks -pl simulation-kernel/benchmarks -am package -DskipTests
        java -jar simulation-kernel/benchmarks/target/benchmarks.jar model %sfault-model
        ```

        on %s,
        and at its end load %s. Medians of %d JVM(s) for each size. Only numbers of one run compare.
        """
                .formatted(
                        Table.ofClusters(results).markdown(),
                        zoneLoss(),
                        Target.OF_MODELS.stream()
                                .map(target -> target.verdict(results))
                                .collect(Collectors.joining("\n")),
                        quick ? "--quick " : "",
                        before,
                        after.substring(after.lastIndexOf(' ') + 1),
                        rounds);
    }

    private String zoneLoss() {
        return results.zoneLoss()
                .map(loss ->
                        String.format(
                                Locale.ROOT,
                                "%s, took %.0f s (%.1f × real time), %.0f million events and"
                                        + " %.0f MB of heap at most",
                                ZoneLoss.TITLE,
                                loss.seconds(),
                                loss.speed(),
                                loss.events() / 1e6,
                                loss.megabytes()))
                .orElse("it could not be measured");
    }
}
