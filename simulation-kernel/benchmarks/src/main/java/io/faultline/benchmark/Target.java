package io.faultline.benchmark;

import static io.faultline.benchmark.Workload.PHOLD_100K;
import static io.faultline.benchmark.Workload.PHOLD_1K;
import static io.faultline.benchmark.Workload.PHOLD_1M;
import static io.faultline.benchmark.Workload.PING_PONG;
import static io.faultline.benchmark.Workload.PING_PONG_ARGUMENTS;
import static io.faultline.benchmark.Workload.SLEEP_1K;
import static io.faultline.benchmark.Workload.TIMEOUTS_1K;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;

/// What the kernel is meant to reach.
///
/// @param goal for people
/// @param unit of the value and the bound
/// @param atLeast whether the bound is the least that will do, or the most
/// @param value what was reached; empty if it was not measured
record Target(
        String goal,
        double bound,
        String unit,
        boolean atLeast,
        Function<Results, OptionalDouble> value) {

    private static final String SPEED = "M/s";
    private static final String TIMES = "×";
    private static final String BYTES = "B";
    private static final String MEGABYTES = "MB";

    private static final Engine[] PEERS =
            List.of(Engine.values()).stream().filter(Engine::isPeer).toArray(Engine[]::new);

    static final List<Target> ALL =
            List.of(
                    least(
                            PHOLD_1K + ", to the fastest peer",
                            1.5,
                            TIMES,
                            r -> toPeers(r, PHOLD_1K)),
                    least(
                            PHOLD_100K + ", to the fastest peer",
                            4,
                            TIMES,
                            r -> toPeers(r, PHOLD_100K)),
                    least(PHOLD_1K + ", five times Prime-Mover", 5, SPEED, r -> r.speed(PHOLD_1K)),
                    least(
                            PHOLD_100K + ", five times Prime-Mover and more",
                            2.5,
                            SPEED,
                            r -> r.speed(PHOLD_100K)),
                    least(PHOLD_1M.toString(), 1.5, SPEED, r -> r.speed(PHOLD_1M)),
                    most(
                            PHOLD_1K + ", slower than hand-written",
                            1.5,
                            TIMES,
                            r -> slower(r, PHOLD_1K)),
                    most(
                            PHOLD_100K + ", slower than hand-written",
                            1.5,
                            TIMES,
                            r -> slower(r, PHOLD_100K)),
                    most(
                            PHOLD_1M + ", slower than hand-written",
                            1.5,
                            TIMES,
                            r -> slower(r, PHOLD_1M)),
                    least(TIMEOUTS_1K.toString(), 4, SPEED, r -> r.speed(TIMEOUTS_1K)),
                    least(SLEEP_1K.toString(), 1, SPEED, r -> r.speed(SLEEP_1K)),
                    most(
                            "allocated for an event without arguments",
                            60,
                            BYTES,
                            r -> r.bytesEach(PING_PONG)),
                    most(
                            "allocated for an event with 2 arguments",
                            60,
                            BYTES,
                            r -> r.bytesEach(PING_PONG_ARGUMENTS)),
                    most(
                            "heap for " + Capacity.LARGE_TITLE,
                            4096,
                            MEGABYTES,
                            r -> r.of(Capacity.LARGE)));

    /// What models are meant to reach.
    static final List<Target> OF_MODELS =
            List.of(
                    realTime(new Cluster(Heartbeats.FULL_MESH, 100), 40),
                    realTime(new Cluster(Heartbeats.RING, 10_000), 10),
                    realTime(new Cluster(Heartbeats.TREE, 10_000), 10),
                    most(
                            "peak heap, " + ZoneLoss.TITLE,
                            4096,
                            MEGABYTES,
                            r ->
                                    r.zoneLoss()
                                            .map(loss -> OptionalDouble.of(loss.megabytes()))
                                            .orElse(OptionalDouble.empty())));

    /// The goal, the value, and whether it was reached.
    String verdict(Results results) {
        var reached = value.apply(results);
        return String.format(
                Locale.ROOT,
                "%-10s %s %s %s %s%s",
                reached.isEmpty()
                        ? "- unknown"
                        : isMet(reached.getAsDouble()) ? "✓ met" : "✗ missed",
                goal,
                atLeast ? "≥" : "≤",
                Table.number(bound),
                unit,
                reached.isEmpty() ? "" : ": " + Table.number(reached.getAsDouble()));
    }

    private boolean isMet(double reached) {
        return atLeast ? reached >= bound : reached <= bound;
    }

    private static Target least(
            String goal, double bound, String unit, Function<Results, OptionalDouble> value) {
        return new Target(goal, bound, unit, true, value);
    }

    private static Target realTime(Cluster cluster, double times) {
        return least(cluster.toString(), times, "× real time", r -> r.speed(cluster));
    }

    private static Target most(
            String goal, double bound, String unit, Function<Results, OptionalDouble> value) {
        return new Target(goal, bound, unit, false, value);
    }

    private static OptionalDouble toPeers(Results results, Workload workload) {
        return results.ratio(workload, PEERS);
    }

    private static OptionalDouble slower(Results results, Workload workload) {
        var ratio = results.ratio(workload, Engine.HAND_WRITTEN);
        return ratio.isEmpty() ? ratio : OptionalDouble.of(1 / ratio.getAsDouble());
    }
}
