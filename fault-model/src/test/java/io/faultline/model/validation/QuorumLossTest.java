package io.faultline.model.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.faultline.kernel.junit.Replications;
import io.faultline.kernel.junit.Verdict;
import io.faultline.kernel.random.Exponential;
import io.faultline.model.observation.Observed;
import io.faultline.model.observation.Observed.LockReleased;
import io.faultline.model.observation.Observed.LockReserved;
import io.faultline.model.observation.Observed.QuorumLost;
import io.faultline.model.observation.Observed.QuorumRestored;
import io.faultline.model.quorum.Fixed;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.function.Predicate;

/// How long a system that recovers its partitions keeps its quorum, against the first passage of
/// the birth-death chain ([Crew#firstPassage]).
///
/// Until the quorum is first lost every recovery is admitted, so the rules for what happens without
/// one do not matter. These times are nearly exponential, so many runs are needed: 10000 to know
/// the mean to 3 %, and by default as many as tell it to 9 %.
class QuorumLossTest {

    private static final boolean PRECISE = Boolean.getBoolean("validation");
    private static final int REPLICATIONS = PRECISE ? 10_000 : 1000;
    private static final double PRECISION = PRECISE ? 0.03 : 0.09;
    private static final double SHORTER = PRECISE ? 0.95 : 0.9;

    /// @param needed how many partitions are a quorum
    /// @param published how long it takes in seconds until there are fewer
    record Case(Crew crew, int needed, double published) {

        @Override
        public String toString() {
            return needed + " of " + crew;
        }
    }

    static final List<Case> CASES =
            List.of(
                    new Case(new Crew(3, 1000, 10, 1), 2, 17_500),
                    new Case(new Crew(2, 100, 10, 1), 1, 650),
                    new Case(new Crew(3, 100, 10, 1), 2, 250),
                    new Case(new Crew(3, 100, 10, 1), 1, 2516.67),
                    new Case(new Crew(3, 100, 10, 2), 1, 4683.33),
                    new Case(new Crew(5, 100, 10, 1), 3, 378.333),
                    new Case(new Crew(5, 100, 10, 2), 3, 628.333),
                    new Case(new Crew(7, 50, 10, 2), 4, 168.929),
                    new Case(new Crew(8, 50, 10, 1), 5, 63.869),
                    new Case(new Crew(8, 50, 10, 2), 5, 110.893),
                    new Case(new Crew(8, 50, 10, 8), 5, 138.571));

    /// Where it takes thousands of failures until the quorum is lost.
    static final List<Case> LONG_CASES =
            List.of(
                    new Case(new Crew(12, 100, 5, 1), 7, 1655.03),
                    new Case(new Crew(12, 100, 5, 2), 7, 17_057.9),
                    new Case(new Crew(12, 100, 5, 3), 7, 52_988.0));

    static final List<Case> CASES_WHERE_A_PERMIT_MORE_MATTERS =
            CASES.stream()
                    .filter(c -> c.crew().partitions() - c.needed() > c.crew().permits())
                    .toList();

    @ParameterizedTest
    @FieldSource({"CASES", "LONG_CASES"})
    void theClosedFormGivesThePublishedNumbers(Case c) {
        assertThat(c.crew().firstPassage(c.needed()))
                .isCloseTo(c.published(), within(1e-5 * c.published()));
    }

    /// Lives that are shorter in the closed form, by 5 %, or by 10 % where there are few runs, must
    /// be noticed.
    @ParameterizedTest
    @FieldSource("CASES")
    void theQuorumLastsAsLongAsTheClosedFormSays(Case c) {
        var lasted = lasted(c, c.crew());
        assertThat(lasted.judge(c.published(), PRECISION))
                .as(lasted.toString())
                .isEqualTo(Verdict.AGREES);
        var shorter = c.crew().withLife(SHORTER * c.crew().life());
        assertThat(lasted.judge(shorter.firstPassage(c.needed()), 1)).isEqualTo(Verdict.DISAGREES);
    }

    /// Negative control: one permit more than there should be.
    @ParameterizedTest
    @FieldSource("CASES_WHERE_A_PERMIT_MORE_MATTERS")
    void onePermitMoreIsNoticed(Case c) {
        var lasted = lasted(c, c.crew().withPermits(c.crew().permits() + 1));
        assertThat(lasted.judge(c.published(), 1)).isEqualTo(Verdict.DISAGREES);
    }

    /// Negative control: partitions that fail two by two.
    @ParameterizedTest
    @FieldSource("CASES")
    void failuresThatAreNotIndependentAreNoticed(Case c) {
        var lasted = Replications.of(100, 2, seed -> until(c, c.crew(), seed, 2, LOST));
        assertThat(lasted.judge(c.published(), 1)).isEqualTo(Verdict.DISAGREES);
    }

    /// The chain ends where the quorum is lost. In the system recoveries in progress go on, may
    /// bring the quorum back and start those that were put off, so it takes longer until nothing is
    /// left that could.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void recoveriesInProgressPutOffTheEnd(int permits) {
        var c = new Case(new Crew(8, 50, 10, permits), 5, 0);
        var lost = Replications.of(300, 3, seed -> until(c, c.crew(), seed, 1, LOST));
        var stuck = Replications.of(300, 3, seed -> until(c, c.crew(), seed, 1, new Stuck()));
        assertThat(stuck.mean() - stuck.halfWidth()).isGreaterThan(lost.mean() + lost.halfWidth());
    }

    private static Replications lasted(Case c, Crew crew) {
        return Replications.of(
                REPLICATIONS, c.toString().hashCode(), seed -> until(c, crew, seed, 1, LOST));
    }

    private static double until(
            Case c, Crew crew, long seed, int together, Predicate<Observed> last) {
        var recovery = new Exponential(crew.repair() * 1e9);
        return crew.run(seed, recovery, new Fixed(c.needed()), together).until(last).seconds();
    }

    private static final Predicate<Observed> LOST = QuorumLost.class::isInstance;

    /// Without a quorum, and no recovery holds a permit or waits for one.
    private static final class Stuck implements Predicate<Observed> {
        private int reservations;
        private boolean lost;

        @Override
        public boolean test(Observed what) {
            switch (what) {
                case LockReserved _ -> reservations++;
                case LockReleased _ -> reservations--;
                case QuorumLost _ -> lost = true;
                case QuorumRestored _ -> lost = false;
                default -> {}
            }
            return lost && reservations == 0;
        }
    }
}
