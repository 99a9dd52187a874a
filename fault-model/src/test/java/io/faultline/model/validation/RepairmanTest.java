package io.faultline.model.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.faultline.kernel.junit.Replications;
import io.faultline.kernel.junit.Verdict;
import io.faultline.kernel.process.Tally;
import io.faultline.kernel.process.TimeAverage;
import io.faultline.kernel.random.Constant;
import io.faultline.kernel.random.Distribution;
import io.faultline.kernel.random.Exponential;
import io.faultline.kernel.random.LogNormal;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.observation.Observed.LockGranted;
import io.faultline.model.observation.Observed.LockReleased;
import io.faultline.model.observation.Observed.StatusChanged;
import io.faultline.model.quorum.Ungated;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// The permits of recoveries while partitions keep failing: how many are down, and how long
/// recoveries wait, against the closed forms of the machine repairman ([Crew]).
///
/// Twelve partitions live 100 s each on average, and recoveries take 5 s. Waits within one run
/// depend on each other, so chances too are judged as averages over replications.
class RepairmanTest {

    private static final boolean PRECISE = Boolean.getBoolean("validation");
    private static final int REPLICATIONS = PRECISE ? 60 : 30;
    private static final double REPAIR = 5;
    private static final double LONGER = REPAIR * (PRECISE ? 1.05 : 1.1);
    private static final Crew TWELVE = new Crew(12, 100, REPAIR, 12);

    /// The median and the 99th percentile for a mean of 5 s and a coefficient of variation of 2.
    private static final LogNormal LOG_NORMAL = new LogNormal(2_236_067_977.5, 42_777_325_271.05);

    static final List<Distribution> RECOVERIES =
            List.of(new Constant(REPAIR * 1e9), LOG_NORMAL, new Exponential(REPAIR * 1e9));

    /// What one run shows.
    record Seen(double down, double queueing, double waiting, double busy) {}

    @ParameterizedTest
    @CsvSource({
        "  1, 1.035771, 4.446818, 0.505532, 0.548211",
        "  2, 0.606514, 0.323337, 0.101914, 0.284837",
        "  3, 0.574315, 0.026521, 0.013868, 0.190428",
        " 12, 0.571429, 0       , 0       , 0.047619",
    })
    void theClosedFormsGiveThePublishedNumbers(
            int permits, double down, double queueing, double waiting, double busy) {
        var crew = TWELVE.withPermits(permits);
        assertThat(crew.down()).isCloseTo(down, within(1e-6));
        assertThat(crew.queueing()).isCloseTo(queueing, within(1e-6));
        assertThat(crew.waiting()).isCloseTo(waiting, within(1e-6));
        assertThat(crew.busy()).isCloseTo(busy, within(1e-6));
    }

    /// Precise are 2 % of those down and of the permits taken, 3 % of waits and waiting. A recovery
    /// that is longer in the closed form, by 5 %, or by 10 % where the runs are short, must be
    /// noticed.
    ///
    /// @param hours of one replication
    /// @param preciseHours the same where it is to be precise
    @ParameterizedTest
    @CsvSource({
        "  1, 2.2,   9, 0.05, 0.09, 0.05, 0.04",
        "  2, 1.1,  26, 0.05, 0.16, 0.10, 0.04",
        "  3, 1.1, 210, 0.05, 0.40, 0.25, 0.04",
        " 12, 1.1,   6, 0.05, 0.00, 0.00, 0.05",
    })
    void recoveriesShareTheirPermitsAsTheClosedFormSays(
            int permits,
            double hours,
            double preciseHours,
            double down,
            double queueing,
            double waiting,
            double busy) {
        var crew = TWELVE.withPermits(permits);
        var seen = runs(crew, PRECISE ? preciseHours : hours);
        judge(seen, Seen::down, crew.down(), PRECISE ? 0.02 : down);
        judge(seen, Seen::queueing, crew.queueing(), PRECISE ? 0.03 : queueing);
        judge(seen, Seen::waiting, crew.waiting(), PRECISE ? 0.03 : waiting);
        judge(seen, Seen::busy, crew.busy(), PRECISE ? 0.02 : busy);
        assertThat(Replications.of(seen, Seen::down).judge(crew.withRepair(LONGER).down(), 1))
                .isEqualTo(Verdict.DISAGREES);
    }

    /// Negative control: one permit more than there should be.
    @ParameterizedTest
    @CsvSource({"1", "2", "3"})
    void onePermitMoreIsNoticed(int permits) {
        var crew = TWELVE.withPermits(permits);
        var seen = runs(crew.withPermits(permits + 1), 0.5);
        assertThat(Replications.of(seen, Seen::queueing).judge(crew.queueing(), 1))
                .isEqualTo(Verdict.DISAGREES);
    }

    /// Negative control: partitions that fail two by two wait for each other.
    @Test
    void failuresThatAreNotIndependentAreNoticed() {
        var crew = TWELVE.withPermits(1);
        var seen =
                Replications.run(
                        REPLICATIONS, 5, seed -> see(crew, seed, RECOVERIES.getLast(), 0.5, 2));
        assertThat(Replications.of(seen, Seen::waiting).judge(crew.waiting(), 1))
                .isEqualTo(Verdict.DISAGREES);
    }

    /// With a permit for everybody only the mean of the recovery matters, not how it is
    /// distributed: Sevastyanov's insensitivity. The control is as above.
    @ParameterizedTest
    @FieldSource("RECOVERIES")
    void withoutWaitingOnlyTheMeanRecoveryMatters(Distribution recovery) {
        assertThat(recovery.mean()).isCloseTo(REPAIR * 1e9, within(1e3));
        double hours = PRECISE ? 8 : 2.2;
        var seen =
                Replications.run(
                        REPLICATIONS,
                        recovery.toString().hashCode(),
                        seed -> see(TWELVE, seed, recovery, hours, 1));
        judge(seen, Seen::down, 12 * REPAIR / (100 + REPAIR), PRECISE ? 0.02 : 0.05);
        assertThat(Replications.of(seen, Seen::down).judge(TWELVE.withRepair(LONGER).down(), 1))
                .isEqualTo(Verdict.DISAGREES);
    }

    private static void judge(
            List<Seen> seen, ToDoubleFunction<Seen> what, double expected, double precision) {
        var replications = Replications.of(seen, what);
        assertThat(replications.judge(expected, precision))
                .as("%s for %s", replications, expected)
                .isEqualTo(Verdict.AGREES);
    }

    private static List<Seen> runs(Crew crew, double hours) {
        return Replications.run(
                REPLICATIONS,
                crew.permits(),
                seed -> see(crew, seed, RECOVERIES.getLast(), hours, 1));
    }

    /// What is seen after a warm-up, which is the first tenth.
    private static Seen see(
            Crew crew, long seed, Distribution recovery, double hours, int together) {
        var length = Duration.ofMillis((long) (hours * 3_600_000));
        var run = crew.run(seed, recovery, new Ungated(), together).until(length.toMillis());
        var warmUp = length.dividedBy(10);
        var down = new TimeAverage(0, 0);
        var taken = new TimeAverage(0, 0);
        var queueing = new Tally();
        var waiting = new Tally();
        boolean counts = false;
        for (var entry : run.trace()) {
            long now = entry.time().nanos();
            if (!counts && now >= warmUp.toNanos()) {
                counts = true;
                down.restart(warmUp.toNanos());
                taken.restart(warmUp.toNanos());
            }
            switch (entry.what()) {
                case StatusChanged change -> {
                    if (change.to() == PartitionStatus.FAILED) {
                        down.set(now, down.value() + 1);
                    } else if (change.to() == PartitionStatus.HEALTHY) {
                        down.set(now, down.value() - 1);
                    }
                }
                case LockGranted(_, var waited) -> {
                    taken.set(now, taken.value() + 1);
                    if (counts) {
                        queueing.add(waited.toNanos() / 1e9);
                        waiting.add(waited.isZero() ? 0 : 1);
                    }
                }
                case LockReleased _ -> taken.set(now, taken.value() - 1);
                default -> {}
            }
        }
        return new Seen(
                down.mean(length.toNanos()),
                queueing.mean(),
                waiting.mean(),
                taken.mean(length.toNanos()) / crew.permits());
    }
}
