package io.faultline.model.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.faultline.kernel.Trace;
import io.faultline.kernel.junit.Proportion;
import io.faultline.kernel.junit.Replications;
import io.faultline.kernel.junit.Verdict;
import io.faultline.kernel.random.Constant;
import io.faultline.kernel.random.Distribution;
import io.faultline.kernel.random.Exponential;
import io.faultline.model.Settings;
import io.faultline.model.TestRun;
import io.faultline.model.detector.SuspicionPolicy;
import io.faultline.model.observation.Observed.AttemptFinished;
import io.faultline.model.observation.Observed.Escalated;
import io.faultline.model.observation.Observed.LockCollided;
import io.faultline.model.observation.Observed.LockGranted;
import io.faultline.model.quorum.Ungated;
import io.faultline.model.recovery.Backoff;
import io.faultline.model.recovery.Contention;
import io.faultline.model.recovery.Jitter;
import io.faultline.model.recovery.None;
import io.faultline.model.recovery.Noop;
import io.faultline.model.recovery.OnLockTimeout;
import io.faultline.model.recovery.PhaseDurations;
import io.faultline.model.recovery.Phased;
import io.faultline.model.recovery.Slots;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongToDoubleFunction;
import java.util.stream.IntStream;

/// All partitions fail at once: how long it takes to recover them, and how many never recover,
/// against closed forms.
class BatchTest {

    private static final boolean PRECISE = Boolean.getBoolean("validation");

    private static Settings system(int partitions, int permits, Distribution recovery) {
        return Settings.of(partitions)
                .suspicion("policy", SuspicionPolicy.COUNTING)
                .protocol("quorum", new Ungated())
                .recovery(
                        "strategy",
                        new Noop(recovery),
                        "maxConcurrent",
                        permits,
                        "timeout",
                        Crew.EVER,
                        "lockTimeout",
                        Crew.EVER);
    }

    /// Runs until nothing is left to do.
    private static TestRun allFail(Settings system, long seed) {
        int partitions = system.topology().partitions();
        return new TestRun(system.withoutMessages(), seed)
                .twoReports(0, IntStream.range(0, partitions).toArray())
                .until(_ -> false);
    }

    // Waiting in line.

    /// While more have failed than there are permits, one is recovered every a / c on average, the
    /// last c take a (1 + 1/2 + … + 1/c).
    private static double makespan(int partitions, int permits, double recovery) {
        double harmonic = IntStream.rangeClosed(1, permits).mapToDouble(i -> 1.0 / i).sum();
        return recovery * ((double) (partitions - permits) / permits + harmonic);
    }

    /// Recoveries that are 5 % longer in the closed form must be noticed, and a permit more.
    @ParameterizedTest
    @CsvSource({"12, 2, 32.5, 2000", "12, 3, 24.166667, 2000", "4, 2, 12.5, 4000"})
    void exponentialRecoveriesTakeTogetherWhatTheClosedFormSays(
            int partitions, int permits, double published, int runs) {
        assertThat(makespan(partitions, permits, 5)).isCloseTo(published, within(1e-6));
        var took =
                Replications.of(
                        PRECISE ? 20 * runs : runs, permits, makespanOf(partitions, permits));
        assertThat(took.judge(published, PRECISE ? 0.005 : 0.022))
                .as(took.toString())
                .isEqualTo(Verdict.AGREES);
        assertThat(took.judge(makespan(partitions, permits, 1.05 * 5), 1))
                .isEqualTo(Verdict.DISAGREES);
        var more = Replications.of(300, permits, makespanOf(partitions, permits + 1));
        assertThat(more.judge(published, 1)).isEqualTo(Verdict.DISAGREES);
    }

    private static LongToDoubleFunction makespanOf(int partitions, int permits) {
        return seed -> allFail(system(partitions, permits, new Exponential(5e9)), seed).seconds();
    }

    @ParameterizedTest
    @CsvSource({"12, 2, 30", "12, 3, 20", "7, 3, 15", "5, 5, 5"})
    void recoveriesThatAllTakeTheSameTimeComeInWaves(int partitions, int permits, double took) {
        assertThat(allFail(system(partitions, permits, new Constant(5e9)), 1).seconds())
                .isEqualTo(took);
    }

    // Trying again instead.

    /// @param partitions how many fail
    /// @param permits how many recoveries may run at once
    /// @param recovery how long one takes, in seconds
    /// @param backoff how long one that gets no permit waits
    /// @param retries how often it tries again
    record TryLock(int partitions, int permits, int recovery, int backoff, int retries) {

        /// All come back at once, so at every (recovery / backoff, rounded up)-th try the permits
        /// are free, and are taken by so many.
        int recovered() {
            int tries = 1 + retries / Math.ceilDiv(recovery, backoff);
            return Math.min(partitions, permits * tries);
        }

        TestRun run() {
            return allFail(
                    system(partitions, permits, new Constant(recovery * 1e9))
                            .recovery(
                                    "lockTimeout",
                                    Duration.ZERO,
                                    "onLockTimeout",
                                    OnLockTimeout.RETRY,
                                    "attempts",
                                    retries + 1,
                                    "backoff",
                                    every(Duration.ofSeconds(backoff), new None())),
                    1);
        }
    }

    private static Backoff every(Duration backoff, Jitter jitter) {
        return new Backoff(backoff, 1, Duration.ofHours(1), jitter);
    }

    private static long recovered(TestRun run) {
        return run.trace().all(AttemptFinished.class).filter(AttemptFinished::succeeded).count();
    }

    @ParameterizedTest
    @CsvSource({"12, 2, 4, 5, 3, 8, 36, 19", "10, 1, 1, 2, 100, 10, 55, 19"})
    void whoTriesAgainAfterTheSameWaitComesBackTogether(
            int partitions,
            int permits,
            int recovery,
            int backoff,
            int retries,
            int recovered,
            int attempts,
            double finished) {
        var run = new TryLock(partitions, permits, recovery, backoff, retries).run();
        assertThat(recovered(run)).isEqualTo(recovered);
        assertThat(run.count(AttemptFinished.class)).isEqualTo(attempts);
        assertThat(run.count(Escalated.class)).isEqualTo(partitions - recovered);
        var last =
                run.trace().stream()
                        .filter(e -> e.what() instanceof AttemptFinished a && a.succeeded())
                        .toList()
                        .getLast();
        assertThat(last.time().nanos() / 1e9).isEqualTo(finished);
    }

    @ParameterizedTest
    @CsvSource({
        "12, 2, 4, 5, 3",
        "12, 3, 4, 5, 3",
        "12, 2, 5, 5, 3",
        "12, 2, 6, 5, 3",
        "20, 3, 7, 2, 9",
        "20, 3, 8, 2, 9",
        "9, 4, 1, 1, 0",
        "9, 4, 1, 1, 8",
    })
    void soManyRecoverAsThereArePermitsAtTheTriesThatFindThemFree(
            int partitions, int permits, int recovery, int backoff, int retries) {
        var tryLock = new TryLock(partitions, permits, recovery, backoff, retries);
        assertThat(recovered(tryLock.run())).isEqualTo(tryLock.recovered());
    }

    /// Negative controls: whoever waits in line is recovered, and a permit more recovers more.
    @Test
    void anotherLockIsNoticed() {
        assertThat(recovered(allFail(system(12, 2, new Constant(4e9)), 1))).isEqualTo(12);
        assertThat(recovered(new TryLock(12, 3, 4, 5, 3).run())).isEqualTo(12);
    }

    // Thwarting each other.

    private static TestRun collide(int contenders, Jitter jitter, int attempts, long seed) {
        return allFail(
                system(contenders, 1, new Constant(0))
                        .recovery(
                                "contention",
                                Contention.COLLIDE,
                                "attempts",
                                attempts,
                                "backoff",
                                every(Duration.ofSeconds(1), jitter)),
                seed);
    }

    @Test
    void recoveriesThatThwartEachOtherAndWaitAlikeNeverSucceed() {
        var run = collide(2, new None(), 1000, 1);
        assertThat(recovered(run)).isZero();
        assertThat(run.count(AttemptFinished.class)).isEqualTo(2000);
    }

    /// One slot is free for somebody if the least of the n that are drawn is drawn once.
    private static double succeeds(int contenders, int slots) {
        return IntStream.rangeClosed(1, slots)
                .mapToDouble(k ->
                        (double) contenders
                                / slots
                                * Math.pow((double) (slots - k) / slots, contenders - 1))
                .sum();
    }

    /// Everybody collides at first, then draws a slot; the round succeeds if the first who comes
    /// back comes alone. A third fewer slots must be noticed, and twice as many.
    @ParameterizedTest
    @CsvSource({"2, 8, 0.875", "3, 8, 0.820313", "5, 10, 0.766650", "10, 16, 0.716690"})
    void slotsResolveACollisionAsOftenAsTheClosedFormSays(
            int contenders, int slots, double published) {
        assertThat(succeeds(contenders, slots)).isCloseTo(published, within(1e-6));
        int runs = PRECISE ? 60_000 : 2000;
        var rounds = Replications.run(runs, slots, seed -> resolvesAtOnce(contenders, slots, seed));
        var resolved = new Proportion(rounds.stream().filter(yes -> yes).count(), runs);
        agrees(resolved, published, PRECISE ? 0.008 : 0.04);
        assertThat(resolved.judge(succeeds(contenders, 2 * slots / 3), 1))
                .isEqualTo(Verdict.DISAGREES);
        assertThat(resolved.judge(succeeds(contenders, 2 * slots), 1)).isEqualTo(Verdict.DISAGREES);
    }

    /// Whether a recovery starts before any have collided for the second time.
    private static boolean resolvesAtOnce(int contenders, int slots, long seed) {
        return collide(contenders, new Slots(slots), 2, seed).trace().stream()
                        .map(Trace.Entry::what)
                        .filter(what -> what instanceof LockCollided || what instanceof LockGranted)
                        .skip(contenders)
                        .findFirst()
                        .orElseThrow()
                instanceof LockGranted;
    }

    // Taking too long.

    /// The chance that four exponential phases take longer than `limit` means of one, which is that
    /// fewer than four points of a Poisson process lie in it: Erlang's distribution.
    private static double timesOut(double limit) {
        double term = Math.exp(-limit);
        double sum = 0;
        for (int i = 0; i < 4; i++) {
            sum += term;
            term *= limit / (i + 1);
        }
        return sum;
    }

    /// The limit is 30 s. A limit that is 5 % longer in the closed form must be noticed.
    @ParameterizedTest
    @CsvSource({"5, 0.151204", "6, 0.265026"})
    void attemptsTakeTooLongAsOftenAsTheClosedFormSays(double phase, double published) {
        assertThat(timesOut(30 / phase)).isCloseTo(published, within(1e-6));
        var once = timedOut(phase, 1);
        agrees(once, published, PRECISE ? 0.02 : 0.1);
        assertThat(once.judge(timesOut(1.05 * 30 / phase), 1)).isEqualTo(Verdict.DISAGREES);
        agrees(timedOut(phase, 2), published * published, PRECISE ? 0.06 : 0.25);
    }

    private static void agrees(Proportion proportion, double expected, double precision) {
        assertThat(proportion.judge(expected, precision))
                .as(proportion.toString())
                .isEqualTo(Verdict.AGREES);
    }

    /// How many partitions have all their attempts time out; all recover side by side.
    private static Proportion timedOut(double phase, int attempts) {
        int partitions = 200;
        int runs = PRECISE ? 600 : 30;
        var mean = new Exponential(phase * 1e9);
        var system =
                system(partitions, partitions, mean)
                        .recovery(
                                "strategy",
                                new Phased(),
                                "phases",
                                new PhaseDurations(mean, mean, mean, mean),
                                "timeout",
                                Duration.ofSeconds(30),
                                "attempts",
                                attempts,
                                "spread",
                                Optional.of(1));
        long lost =
                Replications.run(runs, attempts, seed -> allFail(system, seed)).stream()
                        .mapToLong(run -> run.count(Escalated.class))
                        .sum();
        return new Proportion(lost, (long) runs * partitions);
    }
}
