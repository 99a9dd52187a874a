package io.faultline.scenario.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.kernel.SimTime;
import io.faultline.report.Said;
import io.faultline.scenario.campaign.LocalEngine;

import org.junit.jupiter.api.Test;

import java.time.Duration;

/// When it was decided how a run ends.
class NoReturnTest {

    private static final int ROLLS = 30;

    /// P1 fails at 1 s, and a recovery takes 4 s. Whether it fails is drawn at the end of each of
    /// its phases: the last of them, at 5 s, by a chance of a half.
    private static final String SCENARIO =
            """
            apiVersion: faultline/v1
            name: coin
            seed: %d
            topology: { partitions: 5 }
            protocol:
              suspicion: { policy: counting }
              recovery:
                attempts: 1
                phases: { detecting: 1s, redistributing: 1s, rebalancing: 1s, validating: 1s }
                phaseFailure: %s
            phases: { chaos: 10s }
            script:
              - at: 1s
                report: { partitions: [P1], times: 2 }
            expect: { never: [%s] }
            """;

    private static NoReturn of(Explained explained) {
        return Explanation.of(explained.scenario(), explained.original(), explained.subject())
                .withNoReturn(ROLLS, new LocalEngine(2), () -> false)
                .noReturn()
                .orElseThrow();
    }

    private static double share(NoReturn noReturn, Duration at) {
        return noReturn.points().stream()
                .filter(point -> !point.at().isAfter(SimTime.of(at)))
                .reduce((_, last) -> last)
                .orElseThrow()
                .share();
    }

    /// A run in which all of four coins come up well: 1/16 from the start, twice as much after each
    /// throw, and 1 from the last one on.
    @Test
    void whereChanceDecidesTheShareRisesAtTheInstantOfTheDecision() {
        var explained = Explained.text(SCENARIO.formatted(lucky(), "50%", "recovery-completed"));
        var noReturn = of(explained);
        assertThat(share(noReturn, Duration.ofMillis(900))).isLessThan(0.25);
        assertThat(share(noReturn, Duration.ofMillis(4100))).isBetween(0.2, 0.8);
        assertThat(noReturn.points().getLast().share()).isEqualTo(1);
        var rise = noReturn.steepest(explained.original().trace()).orElseThrow();
        var decision = SimTime.of(Duration.ofSeconds(5));
        assertThat(rise.before().at().isAfter(decision)).isFalse();
        assertThat(rise.after().at().isAfter(decision)).isTrue();
        assertThat(Duration.ofNanos(rise.after().at().nanos() - rise.before().at().nanos()))
                .isLessThan(Duration.ofMillis(10));
        assertThat(rise.event().flatMap(event -> Said.of(event.what())).orElseThrow().text())
                .contains("P1");
        assertThat(noReturn.settled()).contains(rise.after().at());
        assertThat(noReturn.complete()).isTrue();
    }

    @Test
    void moreRollsNarrowTheInterval() {
        var explained = Explained.text(SCENARIO.formatted(lucky(), "50%", "recovery-completed"));
        var at = SimTime.of(Duration.ofMillis(4500));
        double last = 1;
        for (int rolls : new int[] {10, 40, 160}) {
            var first =
                    NoReturn.find(
                                    explained.scenario(),
                                    explained.subject(),
                                    at,
                                    rolls,
                                    new LocalEngine(2),
                                    () -> false)
                            .points()
                            .getLast();
            assertThat(first.rolls()).isEqualTo(rolls);
            double width = first.confidence().high() - first.confidence().low();
            assertThat(width).isLessThan(last);
            last = width;
        }
    }

    private static long lucky() {
        for (long seed = 1; seed < 1000; seed++) {
            var scenario = SCENARIO.formatted(seed, "50%", "recovery-completed");
            if (Explained.isViolated(scenario)) {
                return seed;
            }
        }
        throw new AssertionError("a run in sixteen recovers");
    }

    /// Negative control: the same recovery where nothing is left to chance.
    @Test
    void whereNothingIsLeftToChanceItIsCertainFromTheStart() {
        var explained = Explained.text(SCENARIO.formatted(1, "0%", "recovery-completed"));
        var noReturn = of(explained);
        assertThat(noReturn.points()).allMatch(point -> point.share() == 1);
        assertThat(noReturn.steepest(explained.original().trace())).isEmpty();
        assertThat(noReturn.settled()).contains(SimTime.ZERO);
    }

    @Test
    void whatThereWasNoTimeForIsLeftOut() {
        var explained = Explained.text(SCENARIO.formatted(1, "0%", "recovery-completed"));
        var asked = new int[1];
        var noReturn =
                NoReturn.find(
                        explained.scenario(),
                        explained.subject(),
                        SimTime.of(Duration.ofSeconds(5)),
                        ROLLS,
                        new LocalEngine(1),
                        () -> ++asked[0] > 2 * ROLLS + 5);
        assertThat(noReturn.complete()).isFalse();
        assertThat(noReturn.points()).hasSize(2);
    }
}
