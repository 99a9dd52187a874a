package io.faultline.model.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.kernel.random.Distribution;
import io.faultline.model.Probability;
import io.faultline.model.Settings;
import io.faultline.model.TestRun;
import io.faultline.model.detector.SuspicionPolicy;
import io.faultline.model.observation.Observed.AttemptFinished;
import io.faultline.model.observation.Observed.PhaseEntered;
import io.faultline.model.observation.Observed.StatusChanged;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Phases that fail by chance: what becomes of thousands of recoveries is what the product of the
/// chances says.
///
/// Each of four phases takes 600 ms and fails with a chance of 10 %, so an attempt succeeds with
/// 0.9⁴ = 0.6561, and one of three attempts does with 1 − (1 − 0.6561)³ = 0.9593.
class FailingPhasesTest {

    private static final int RUNS = 4000;
    private static final double FAILURE = 0.1;
    private static final double ATTEMPT = Math.pow(1 - FAILURE, 4);
    private static final double OVERALL = 1 - Math.pow(1 - ATTEMPT, 3);
    private static final double OFF = 0.05;

    private static final List<Seen> SEEN = new ArrayList<>();

    /// What became of a recovery.
    ///
    /// @param attempts how many attempts there were
    /// @param firstFailure the phase in which the first attempt failed, unless it succeeded
    /// @param elapsed milliseconds from the failure to the end of the recovery, if it was recovered
    private record Seen(int attempts, boolean recovered, int firstFailure, long elapsed) {}

    /// As many as were counted, of so many.
    private record Proportion(long hits, long of) {

        private static final double Z99 = 2.5758293035489;

        private double half() {
            double p = (double) hits / of;
            double z2 = Z99 * Z99 / of;
            return Z99 / (1 + z2) * Math.sqrt((p * (1 - p) + z2 / 4) / of);
        }

        private double centre() {
            double z2 = Z99 * Z99 / of;
            return ((double) hits / of + z2 / 2) / (1 + z2);
        }

        /// Whether the 99 % interval of Wilson has a probability in it.
        boolean agreesWith(double probability) {
            return Math.abs(probability - centre()) <= half();
        }
    }

    @BeforeAll
    static void recoverOften() {
        for (long seed = 1; seed <= RUNS; seed++) {
            SEEN.add(seen(seed));
        }
    }

    private static Settings settings() {
        Distribution phase = Settings.millis(600);
        return Settings.of(5)
                .with(Settings.suspicion(SuspicionPolicy.COUNTING, Duration.ZERO))
                .recovery(
                        "phases",
                        new PhaseDurations(phase, phase, phase, phase),
                        "phaseFailure",
                        new Probability(FAILURE));
    }

    private static Seen seen(long seed) {
        var run = new TestRun(settings(), seed).twoReports(0, 1).until(60_000);
        var attempts = run.trace().all(AttemptFinished.class).toList();
        var healthy =
                run.brief(o -> o instanceof StatusChanged c && c.to().name().equals("HEALTHY"));
        long phases = run.trace().all(PhaseEntered.class).filter(p -> p.attempt() == 1).count();
        return new Seen(
                attempts.size(),
                attempts.getLast().succeeded(),
                attempts.getFirst().succeeded() ? 0 : (int) phases - 1,
                healthy.isEmpty() ? -1 : Long.parseLong(healthy.getFirst().split(" ")[0]));
    }

    private static Proportion share(Predicate<Seen> which) {
        return new Proportion(SEEN.stream().filter(which).count(), RUNS);
    }

    private static void assertAgree(Proportion measured, double expected, double atMost) {
        assertThat(measured.half()).isLessThanOrEqualTo(atMost);
        assertThat(measured.agreesWith(expected))
                .as("%s, expected %s", measured, expected)
                .isTrue();
        assertThat(measured.agreesWith(expected * (1 + OFF))).isFalse();
        assertThat(measured.agreesWith(expected * (1 - OFF))).isFalse();
    }

    @Test
    void anAttemptSucceedsIfNoneOfItsPhasesFails() {
        long attempts = SEEN.stream().mapToLong(Seen::attempts).sum();
        long successes = SEEN.stream().filter(Seen::recovered).count();
        assertAgree(new Proportion(successes, attempts), ATTEMPT, 0.017);
    }

    @Test
    void aRecoverySucceedsIfOneOfItsAttemptsDoes() {
        assertAgree(share(Seen::recovered), OVERALL, 0.01);
    }

    /// Pearson's chi-squared over where the first attempt fails: four phases, or nowhere. Beyond
    /// 18.47 lie 0.1 % of what chance makes with four degrees of freedom.
    @Test
    void everyPhaseThatIsReachedFailsAsOftenAsTheOthers() {
        assertThat(chiSquared(FAILURE)).isLessThan(18.47);
        assertThat(chiSquared(FAILURE * 1.2)).isGreaterThan(18.47);
    }

    private static double chiSquared(double chance) {
        double sum = 0;
        double reached = RUNS;
        for (int phase = 1; phase <= 5; phase++) {
            int failing = phase % 5;
            double expected = phase == 5 ? reached : reached * chance;
            long seen = SEEN.stream().filter(s -> s.firstFailure() == failing).count();
            sum += (seen - expected) * (seen - expected) / expected;
            reached -= expected;
        }
        return sum;
    }

    @Test
    void aCleanRecoveryTakesTheTimeOfItsPhases() {
        assertThat(SEEN.stream().filter(seen -> seen.attempts() == 1).map(Seen::elapsed))
                .containsOnly(2400L);
    }

    /// A failed attempt takes the phases up to the one that failed, and a wait of 100 ms follows.
    @Test
    void aRecoveryThatFailsOnceTakesThePhasesItWentThroughMore() {
        assertThat(SEEN.stream().filter(seen -> seen.attempts() == 2 && seen.recovered()))
                .isNotEmpty()
                .allMatch(seen -> seen.elapsed() == 600L * seen.firstFailure() + 100 + 2400);
    }

    /// A step consists of one phase, whatever the phases are that it has no use for.
    @Test
    void aStepFailsWithItsOwnChanceOnce() {
        var sync = new Step(Settings.millis(40), new Probability(0.1));
        var settings = settings().recovery("strategy", new BarrierSync(sync), "attempts", 1);
        int succeeded = 0;
        for (long seed = 1; seed <= RUNS; seed++) {
            var run = new TestRun(settings, seed).twoReports(0, 1).until(1000);
            var attempt = run.trace().all(AttemptFinished.class).toList();
            assertThat(run.brief(AttemptFinished.class).getFirst()).startsWith("40 ");
            succeeded += attempt.getFirst().succeeded() ? 1 : 0;
        }
        assertAgree(new Proportion(succeeded, RUNS), 0.9, 0.013);
    }
}
