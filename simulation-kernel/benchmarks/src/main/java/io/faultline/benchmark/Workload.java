package io.faultline.benchmark;

import static io.faultline.benchmark.Engine.DSOL;
import static io.faultline.benchmark.Engine.HAND_WRITTEN;
import static io.faultline.benchmark.Engine.HEAP;
import static io.faultline.benchmark.Engine.KALASIM;
import static io.faultline.benchmark.Engine.LADDER;
import static io.faultline.benchmark.Engine.PRIORITY_QUEUE;
import static io.faultline.benchmark.Engine.RUNNABLE;
import static io.faultline.benchmark.Engine.SSJ_HENRIKSEN;
import static io.faultline.benchmark.Engine.SSJ_SPLAY;
import static io.faultline.benchmark.Engine.UNORDERED;
import static io.faultline.benchmark.Engine.WOVEN;
import static io.faultline.benchmark.hold.Increments.BIMODAL;
import static io.faultline.benchmark.hold.Increments.EQUAL;
import static io.faultline.benchmark.hold.Increments.EXPONENTIAL;
import static io.faultline.benchmark.hold.Increments.PARETO;

import io.faultline.benchmark.hold.Hops;
import io.faultline.benchmark.hold.Increments;
import io.faultline.benchmark.scene.Calls;
import io.faultline.benchmark.scene.Crowd;
import io.faultline.benchmark.scene.Handovers;
import io.faultline.benchmark.scene.PingPong;
import io.faultline.benchmark.scene.Timeouts;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/// What is measured, each on every engine that can do it.
public enum Workload {
    PHOLD_1K(
            "PHOLD, 1 000 pending",
            phold(EXPONENTIAL, 1_000),
            WOVEN,
            SSJ_HENRIKSEN,
            SSJ_SPLAY,
            DSOL,
            KALASIM,
            HAND_WRITTEN,
            RUNNABLE,
            LADDER,
            HEAP,
            PRIORITY_QUEUE,
            UNORDERED),
    PHOLD_100K(
            "PHOLD, 100 000 pending",
            phold(EXPONENTIAL, 100_000),
            WOVEN,
            SSJ_HENRIKSEN,
            SSJ_SPLAY,
            DSOL,
            KALASIM,
            HAND_WRITTEN,
            RUNNABLE,
            LADDER,
            HEAP,
            PRIORITY_QUEUE,
            UNORDERED),
    PHOLD_1M(
            "PHOLD, 1 000 000 pending",
            phold(EXPONENTIAL, 1_000_000),
            WOVEN,
            SSJ_HENRIKSEN,
            HAND_WRITTEN,
            LADDER,
            HEAP,
            PRIORITY_QUEUE,
            UNORDERED),
    BIMODAL_100K(
            "hold, bimodal, 100 000 pending",
            phold(BIMODAL, 100_000),
            WOVEN,
            SSJ_HENRIKSEN,
            SSJ_SPLAY,
            HAND_WRITTEN,
            HEAP,
            PRIORITY_QUEUE),
    PARETO_100K(
            "hold, Pareto 1.1, 100 000 pending",
            phold(PARETO, 100_000),
            WOVEN,
            SSJ_HENRIKSEN,
            SSJ_SPLAY,
            HAND_WRITTEN,
            HEAP,
            PRIORITY_QUEUE),
    HEARTBEATS_100K(
            "heartbeats, 100 000 on 100 phases",
            hold(EQUAL, 100_000, 100_000, true),
            WOVEN,
            SSJ_HENRIKSEN,
            SSJ_SPLAY,
            HAND_WRITTEN,
            HEAP,
            PRIORITY_QUEUE,
            UNORDERED),

    TIMEOUTS_1K("cancelled time-outs, 1 000 flows", () -> new Timeouts(1_000)),
    TIMEOUTS_10K("cancelled time-outs, 10 000 flows", () -> new Timeouts(10_000)),
    PING_PONG("zero-delay ping-pong", () -> new PingPong(false)),
    PING_PONG_ARGUMENTS("zero-delay ping-pong, 2 arguments", () -> new PingPong(true)),
    SLEEP_1K("blocking sleep, 1 000 processes", () -> new Crowd(0, 1_000)),
    SLEEP_100K("blocking sleep, 100 000 processes", () -> new Crowd(0, 100_000)),
    CALL("blocking call with a value, 1 000 clients", Calls::new),
    CHANNEL("channel, 500 pairs", Handovers::new);

    private static final int PHOLD_PLACES = 1000;
    private static final long SEED = 42;

    private final String title;
    private final List<Engine> engines;
    private final Function<Engine, Subject> starter;

    Workload(String title, Function<Engine, Subject> starter, Engine... engines) {
        this.title = title;
        this.starter = starter;
        this.engines = List.of(engines);
    }

    Workload(String title, Supplier<Subject> scene) {
        this(title, engine -> scene.get(), WOVEN);
    }

    private static Function<Engine, Subject> phold(Increments increments, int pending) {
        return hold(increments, pending, PHOLD_PLACES, false);
    }

    private static Function<Engine, Subject> hold(
            Increments increments, int pending, int places, boolean stay) {
        return engine -> engine.start(new Hops(increments, pending, places, stay, SEED));
    }

    /// Those that it is measured on, Faultline first.
    public List<Engine> engines() {
        return engines;
    }

    /// Whether it takes longer to reach its steady state, which is when old objects lie in the old
    /// part of the heap and the event list has been through all of its buckets.
    boolean isLarge() {
        return this == PHOLD_1M || this == SLEEP_100K;
    }

    public Subject start(Engine engine) {
        return starter.apply(engine);
    }

    @Override
    public String toString() {
        return title;
    }
}
