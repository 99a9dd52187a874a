package io.faultline.benchmark;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.Simulation;
import io.faultline.model.ModelSettings;
import io.faultline.model.World;
import io.faultline.scenario.Scenario;
import io.faultline.scenario.ScenarioParser;
import io.faultline.scenario.Source;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/// A system in which nothing happens but heartbeats, two a second from each partition.
record Cluster(Heartbeats heartbeats, int partitions) {

    /// Until everybody has started, and has been looked at for the first time.
    private static final Duration START = Duration.ofSeconds(3);

    static final double MILLIS_PER_SECOND = 1_000;

    private static final double NANOS_PER_MILLI = 1e6;
    private static final int[] SIZES = {10, 100, 300, 1_000, 3_000, 10_000, 30_000, 100_000};

    /// Everything that is measured.
    static List<Cluster> all() {
        var all = new ArrayList<Cluster>();
        for (var heartbeats : Heartbeats.values()) {
            IntStream.of(SIZES)
                    .filter(partitions -> partitions <= heartbeats.largest())
                    .forEach(partitions -> all.add(new Cluster(heartbeats, partitions)));
        }
        return all;
    }

    /// Measures in this JVM: what a second of virtual time costs, in milliseconds of this thread's
    /// time on the clock on the wall, once in each iteration.
    ///
    /// @param args heartbeats, partitions, warm-up in ms, iterations, and the length of each in ms
    public static void main(String[] args) {
        var cluster = new Cluster(Heartbeats.valueOf(args[0]), Integer.parseInt(args[1]));
        var simulation = cluster.start();
        cost(simulation, Long.parseLong(args[2]));
        for (int i = 0; i < Integer.parseInt(args[3]); i++) {
            System.out.println(cost(simulation, Long.parseLong(args[4])));
        }
    }

    private Simulation start() {
        var scenario = scenario(heartbeats, partitions, "phases: { chaos: 1s }");
        var settings =
                new ModelSettings(
                        scenario.topology(), scenario.protocol(), scenario.workload(), false);
        var simulation = new Simulation(scenario.seed());
        simulation.within(() -> new World(settings).start());
        simulation.runUntil(SimTime.of(START));
        return simulation;
    }

    /// Runs for so many milliseconds at least, and in whole seconds of virtual time.
    private static double cost(Simulation simulation, long millis) {
        var begin = simulation.now();
        long started = System.nanoTime();
        long passed;
        do {
            simulation.runUntil(
                    new SimTime(simulation.now().nanos() + Duration.ofSeconds(1).toNanos()));
            passed = System.nanoTime() - started;
        } while (passed < millis * NANOS_PER_MILLI);
        double seconds = (simulation.now().nanos() - begin.nanos()) / 1e9;
        return passed / NANOS_PER_MILLI / seconds;
    }

    /// A scenario with such a system.
    ///
    /// @param more the rest of the file
    static Scenario scenario(Heartbeats heartbeats, int partitions, String more) {
        var yaml =
                """
                apiVersion: faultline/v1
                name: benchmark
                topology:
                  partitions: %d
                  network: { latency: 1ms }
                  startJitter: 0ms..500ms
                protocol:
                  detector: { kind: heartbeat-timeout, heartbeat: 500ms, watch: %s }
                  recovery: { maxConcurrent: %d, lockTimeout: 1h, spread: 16 }
                observe: { messages: false }
                """
                        .formatted(partitions, heartbeats.watch(), partitions);
        return new ScenarioParser().parse(new Source("benchmark.yaml", yaml + more), Map.of());
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%d partitions, %s", partitions, heartbeats);
    }
}
