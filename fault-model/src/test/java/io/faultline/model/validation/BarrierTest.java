package io.faultline.model.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.faultline.kernel.junit.Proportion;
import io.faultline.kernel.junit.Replications;
import io.faultline.kernel.junit.Verdict;
import io.faultline.kernel.random.Exponential;
import io.faultline.model.Settings;
import io.faultline.model.TestRun;
import io.faultline.model.barrier.Opening;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.detector.SuspicionPolicy;
import io.faultline.model.observation.Observed;
import io.faultline.model.observation.Observed.RoundBroken;
import io.faultline.model.observation.Observed.RoundCompleted;
import io.faultline.model.observation.Observed.StatusChanged;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// Rounds of the barrier whose partitions work for exponential times, 1 s on average, against
/// closed forms.
///
/// A round lasts, from release to release, as long as the longest of n such times. Its mean is the
/// harmonic number of n, and it is at most t with the chance (1 - e^-t)^n (Feller, _An Introduction
/// to Probability Theory and Its Applications_, vol. 2, 1971, I.6).
///
/// With a time-out T that begins with the release, a round breaks with the chance 1 - x^n, where x
/// = 1 - e^-T, and lasts ∫ 1 - (1 - e^-t)^n dt from 0 to T on average, which is the sum of x^j / j
/// for j from 1 to n. Whoever missed it works on; as exponential times have no memory it is as if
/// everybody began anew, so the rounds are independent.
///
/// With a time-out that begins with the first arrival, that comes after 1 / n on average, and the
/// others then are n - 1 who begin anew.
class BarrierTest {

    private static final boolean PRECISE = Boolean.getBoolean("validation");
    private static final int REPLICATIONS = 30;
    private static final double SECOND = 1e9;

    /// @param rounds in all replications together
    /// @param precision how well they tell the mean
    record Case(int partitions, double published, int rounds, double precision) {}

    static final List<Case> CASES =
            List.of(
                    new Case(8, 2.717857, 6000, 0.02),
                    new Case(16, 3.380729, 4200, 0.02),
                    new Case(64, 4.743891, 2100, 0.02));

    @ParameterizedTest
    @FieldSource("CASES")
    void aRoundLastsAsLongAsTheLongestOfAllWork(Case c) {
        assertThat(length(c.partitions(), 1e9)).isCloseTo(c.published(), within(1e-6));
        double precision = PRECISE ? 0.005 : c.precision();
        int times = (int) Math.ceil(Math.pow(c.precision() / precision, 2));
        var work = new Exponential(SECOND);
        var system = Settings.of(c.partitions()).withBarrier(work).barrier("timeout", Crew.EVER);
        int rounds = times * c.rounds() / REPLICATIONS;
        var lengths =
                Replications.of(
                        REPLICATIONS,
                        c.partitions(),
                        seed -> rounds(system, seed, rounds).seconds() / rounds);
        agrees(lengths, c.published(), precision);
        disagrees(lengths, 1.05 * c.published());
    }

    /// @param lead how long a round takes until its time-out begins
    /// @param others who can miss it
    record Window(Opening opens, double timeout, double lead, int others) {

        double broken() {
            return 1 - Math.pow(inTime(), others);
        }

        double length() {
            return lead + BarrierTest.length(others, timeout);
        }

        double inTime() {
            return 1 - Math.exp(-timeout);
        }

        Window withTimeout(double timeout) {
            return new Window(opens, timeout, lead, others);
        }
    }

    static final List<Window> WINDOWS =
            List.of(
                    new Window(Opening.RELEASE, 5, 0, 8),
                    new Window(Opening.FIRST_ARRIVAL, 5, 1.0 / 8, 7));

    private static double length(int n, double timeout) {
        double x = 1 - Math.exp(-timeout);
        return IntStream.rangeClosed(1, n).mapToDouble(j -> Math.pow(x, j) / j).sum();
    }

    @Test
    void theClosedFormsGiveThePublishedNumbers() {
        var window = WINDOWS.getFirst();
        assertThat(window.broken()).isCloseTo(0.0526494, within(1e-7));
        assertThat(window.length()).isCloseTo(2.66458, within(1e-5));
        assertThat(roundsUntilFailed(5)).isCloseTo(22_174.9, within(0.1));
        assertThat(roundsUntilFailed(4)).isCloseTo(3035.56, within(0.01));
    }

    /// A time-out that is 5 % longer in the closed form must be noticed.
    @ParameterizedTest
    @FieldSource("WINDOWS")
    void roundsBreakAsOftenAsTheClosedFormSays(Window window) {
        int rounds = PRECISE ? 4000 : 500;
        var system = system(8, window.opens(), window.timeout()).suspicion("strikes", 1_000_000);
        var runs = Replications.run(REPLICATIONS, 8, seed -> rounds(system, seed, rounds));
        var lengths = Replications.of(runs, run -> run.seconds() / rounds);
        agrees(lengths, window.length(), PRECISE ? 0.005 : 0.015);
        disagrees(lengths, 1.05 * window.length());
        long broken = runs.stream().mapToLong(run -> run.count(RoundBroken.class)).sum();
        var proportion = new Proportion(broken, (long) REPLICATIONS * rounds);
        assertThat(proportion.judge(window.broken(), PRECISE ? 0.05 : 0.12))
                .as(proportion.toString())
                .isEqualTo(Verdict.AGREES);
        var longer = window.withTimeout(1.05 * window.timeout());
        assertThat(proportion.judge(longer.broken(), 1)).isEqualTo(Verdict.DISAGREES);
    }

    /// Whoever misses two rounds in a row has failed. With the chance p to miss one, that takes
    /// (p^-2 - 1) / (1 - p) rounds on average (Feller, vol. 1, 1968, XIII.7: runs of successes).
    private static double roundsUntilFailed(double timeout) {
        double p = Math.exp(-timeout);
        return (1 / (p * p) - 1) / (1 - p);
    }

    /// By default with a time-out of 2 s, for which the number is 62. If a round that is complete
    /// did not clear the first miss, it would be 2 / p, which must be noticed, as must a time-out
    /// that is 5 % longer.
    @ParameterizedTest
    @EnumSource
    void twoMissesInARowAreAFailure(SuspicionPolicy policy) {
        double timeout = PRECISE ? 5 : 2;
        var rounds = untilFailed(policy, timeout, 2, PRECISE ? 600 : 1200);
        agrees(rounds, roundsUntilFailed(timeout), PRECISE ? 0.12 : 0.09);
        disagrees(rounds, 2 * Math.exp(timeout));
        disagrees(rounds, roundsUntilFailed(1.05 * timeout));
    }

    /// Negative control.
    @Test
    void aThirdStrikeIsNoticed() {
        disagrees(untilFailed(SuspicionPolicy.CONFIRMING, 2, 3, 100), roundsUntilFailed(2));
    }

    private static Replications untilFailed(
            SuspicionPolicy policy, double timeout, int strikes, int replications) {
        var system =
                system(1, Opening.RELEASE, timeout)
                        .suspicion("policy", policy, "strikes", strikes, "confirm", Duration.ZERO);
        return Replications.of(
                replications,
                strikes,
                seed -> {
                    var run = run(system, seed).until(BarrierTest::isFailure);
                    return run.count(RoundBroken.class) + run.count(RoundCompleted.class);
                });
    }

    private static boolean isFailure(Observed what) {
        return what instanceof StatusChanged(_, _, var to, _) && to == PartitionStatus.FAILED;
    }

    private static Settings system(int partitions, Opening opens, double timeout) {
        return Settings.of(partitions)
                .withBarrier(new Exponential(SECOND))
                .barrier("opens", opens, "timeout", Duration.ofNanos(Math.round(timeout * SECOND)));
    }

    private static TestRun rounds(Settings system, long seed, long count) {
        return run(system, seed)
                .until(
                        new Predicate<>() {
                            private long ended;

                            @Override
                            public boolean test(Observed what) {
                                if (what instanceof RoundCompleted || what instanceof RoundBroken) {
                                    ended++;
                                }
                                return ended == count;
                            }
                        });
    }

    private static TestRun run(Settings system, long seed) {
        return new TestRun(system.withoutMessages(), seed);
    }

    private static void agrees(Replications replications, double expected, double precision) {
        assertThat(replications.judge(expected, precision))
                .as("%s for %s", replications, expected)
                .isEqualTo(Verdict.AGREES);
    }

    private static void disagrees(Replications replications, double expected) {
        assertThat(replications.judge(expected, 1))
                .as("%s for %s", replications, expected)
                .isEqualTo(Verdict.DISAGREES);
    }
}
