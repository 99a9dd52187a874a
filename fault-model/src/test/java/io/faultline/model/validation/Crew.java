package io.faultline.model.validation;

import io.faultline.kernel.random.Distribution;
import io.faultline.kernel.random.Exponential;
import io.faultline.model.ModelSettings;
import io.faultline.model.Settings;
import io.faultline.model.TestRun;
import io.faultline.model.detector.SuspicionPolicy;
import io.faultline.model.quorum.Quorum;
import io.faultline.model.quorum.Ungated;
import io.faultline.model.recovery.Noop;

import java.time.Duration;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/// Partitions that wear out and the recoveries that bring them back, so many at a time: the machine
/// repairman, M/M/c//N in Kendall's notation. Times are in seconds.
///
/// With i partitions down the next one fails at the rate (N - i) / life, and one comes back at the
/// rate min(i, c) / repair, so i is a birth-death chain. Cox & Smith, _Queues_, 1961, ch. 3.
///
/// @param life the mean life of a partition, which is exponential
/// @param repair the mean recovery, exponential in the closed forms
/// @param permits how many recoveries may run at once
record Crew(int partitions, double life, double repair, int permits) {

    static final double SECOND = 1e9;

    /// Long enough never to matter.
    static final Duration EVER = Duration.ofDays(36_500);

    Crew withPermits(int permits) {
        return new Crew(partitions, life, repair, permits);
    }

    Crew withLife(double life) {
        return new Crew(partitions, life, repair, permits);
    }

    Crew withRepair(double repair) {
        return new Crew(partitions, life, repair, permits);
    }

    /// How often each number of partitions, from 0, is down.
    private double[] shares() {
        var shares = new double[partitions + 1];
        shares[0] = 1;
        for (int i = 0; i < partitions; i++) {
            shares[i + 1] = shares[i] * failing(i) / returning(i + 1);
        }
        double sum = IntStream.rangeClosed(0, partitions).mapToDouble(i -> shares[i]).sum();
        return IntStream.rangeClosed(0, partitions).mapToDouble(i -> shares[i] / sum).toArray();
    }

    private double failing(int down) {
        return (partitions - down) / life;
    }

    private double returning(int down) {
        return Math.min(down, permits) / repair;
    }

    /// How many partitions are down on average.
    double down() {
        return sum(i -> i);
    }

    /// How long a recovery waits for its permit on average, by Little's law.
    double queueing() {
        return sum(i -> Math.max(0, i - permits)) / sum(this::failing);
    }

    /// The chance that a recovery waits.
    double waiting() {
        return sum(i -> i < permits ? 0 : failing(i)) / sum(this::failing);
    }

    /// The share of the permits that are taken, on average.
    double busy() {
        return sum(i -> Math.min(i, permits)) / permits;
    }

    private double sum(IntToDoubleFunction term) {
        var shares = shares();
        return IntStream.rangeClosed(0, partitions)
                .mapToDouble(i -> shares[i] * term.applyAsDouble(i))
                .sum();
    }

    /// How long it takes on average until fewer than `needed` partitions are up, from all: the
    /// first passage of the chain.
    double firstPassage(int needed) {
        double step = 0;
        double sum = 0;
        for (int i = 0; i <= partitions - needed; i++) {
            step = (1 + returning(i) * step) / failing(i);
            sum += step;
        }
        return sum;
    }

    /// The same as a run of the model: exponential recoveries, and whatever has failed they start.
    TestRun run(long seed) {
        return run(seed, new Exponential(repair * SECOND), new Ungated(), 1);
    }

    TestRun run(long seed, Distribution recovery, Quorum quorum, int together) {
        return new TestRun(settings(recovery, quorum), seed)
                .with(world -> new Wear(world, new Exponential(life * SECOND), together).start());
    }

    private ModelSettings settings(Distribution recovery, Quorum quorum) {
        return Settings.of(partitions)
                .suspicion("policy", SuspicionPolicy.COUNTING)
                .protocol("quorum", quorum)
                .recovery(
                        "strategy",
                        new Noop(recovery),
                        "maxConcurrent",
                        permits,
                        "timeout",
                        EVER,
                        "lockTimeout",
                        EVER)
                .withoutMessages();
    }
}
