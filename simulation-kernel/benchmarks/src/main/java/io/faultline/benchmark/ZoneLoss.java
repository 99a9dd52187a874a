package io.faultline.benchmark;

import io.faultline.report.verdict.Answer;
import io.faultline.scenario.Run;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A tenth of a large system crashes at once and is recovered, in ten minutes of virtual time, from
/// the scenario to the verdict.
///
/// @param seconds how long it took, on the clock on the wall
/// @param megabytes how much of the heap was in use at most
record ZoneLoss(double seconds, long events, double megabytes) {

    private static final int PARTITIONS = 100_000;
    private static final int MINUTES = 10;

    static final String TITLE =
            "100 000 partitions, 10 000 of them lost at once, 10 minutes, to the verdict";

    /// Asks a new JVM with 4 GB; empty if an expectation was not met, or if that was not enough.
    static Optional<ZoneLoss> measure() throws IOException, InterruptedException {
        return Jvm.ask(List.of("-Xmx4g"), ZoneLoss.class)
                .map(answer -> answer.split(" "))
                .map(words ->
                        new ZoneLoss(
                                Double.parseDouble(words[0]),
                                Long.parseLong(words[1]),
                                Double.parseDouble(words[2])));
    }

    /// How many seconds of virtual time passed in one on the wall.
    double speed() {
        return MINUTES * 60 / seconds;
    }

    /// Runs in this JVM, and prints its components. The exit code tells whether all expectations
    /// held.
    public static void main(String[] args) {
        long begin = System.nanoTime();
        var zone =
                IntStream.range(PARTITIONS / 5, PARTITIONS / 5 + PARTITIONS / 10)
                        .mapToObj(rank -> "P" + rank)
                        .collect(Collectors.joining(", "));
        var scenario =
                Cluster.scenario(
                        Heartbeats.COORDINATOR,
                        PARTITIONS,
                        """
                        phases: { warmup: 1m, chaos: %dm, quiet: 1m }
                        faults:
                          - at: 0s
                            crash: { partitions: [%s] }
                        expect:
                          sometimes: [recovery-completed]
                          never: [quorum-lost]
                          eventually: [{ all-healthy: { within: 5m } }]
                        limits: { events: 2000000000 }
                        """
                                .formatted(MINUTES - 2, zone));
        var result = Run.of(scenario, "benchmark", "benchmark").result();
        double seconds = (System.nanoTime() - begin) / 1e9;
        if (result.verdict().answer() != Answer.HELD) {
            System.err.println(result.verdict());
            System.exit(1);
        }
        System.out.printf(
                Locale.ROOT, "%f %d %f%n", seconds, result.outcome().events(), peak() / 1e6);
    }

    private static double peak() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToDouble(usage -> usage.getUsed())
                .sum();
    }
}
