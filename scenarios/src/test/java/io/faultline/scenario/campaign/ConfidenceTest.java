package io.faultline.scenario.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.util.Random;

class ConfidenceTest {

    @Test
    void withoutAFailureItIsTheExactRuleOfThree() {
        for (int n : new int[] {1, 10, 10_000}) {
            var bounds = Confidence.ofShare(0, n);
            assertThat(bounds.low()).isZero();
            assertThat(bounds.high()).isCloseTo(1 - Math.pow(0.05, 1.0 / n), within(1e-12));
        }
        assertThat(Confidence.ofShare(0, 10_000).high()).isBetween(2.995e-4, 2.996e-4);
    }

    /// Clopper and Pearson's interval for 1 of 10, as in every table of it.
    @Test
    void withFailuresItIsThatOfClopperAndPearson() {
        var bounds = Confidence.ofShare(1, 10);
        assertThat(bounds.low()).isCloseTo(0.00253, within(1e-5));
        assertThat(bounds.high()).isCloseTo(0.44502, within(1e-5));
        assertThat(Confidence.ofShare(7, 7).high()).isEqualTo(1);
    }

    @Test
    void anIntervalHasTheTrueShareInItAtLeastAsOftenAsItSays() {
        var random = new Random(1);
        int hit = 0;
        for (int i = 0; i < 2000; i++) {
            int failed = 0;
            for (int j = 0; j < 60; j++) {
                failed += random.nextDouble() < 0.1 ? 1 : 0;
            }
            var bounds = Confidence.ofShare(failed, 60);
            hit += bounds.low() <= 0.1 && 0.1 <= bounds.high() ? 1 : 0;
        }
        assertThat(hit).isGreaterThan(1900);
    }

    /// The quantile of Student's distribution with 4 degrees of freedom is 2.776.
    @Test
    void theMeanHasStudentsInterval() {
        var bounds = Confidence.ofMean(new double[] {1, 2, 3, 4, 5});
        assertThat(bounds.high() - 3).isCloseTo(2.776 * Math.sqrt(0.5), within(1e-3));
        assertThat(3 - bounds.low()).isCloseTo(bounds.high() - 3, within(1e-12));
        assertThat(Confidence.deviation(new double[] {1, 2, 3, 4, 5}))
                .isCloseTo(Math.sqrt(2.5), within(1e-12));
    }

    @Test
    void bothEndsAreWrittenWithAsManyDigitsAsTellThemApart() {
        assertThat(Confidence.ofShare(3, 3).percent()).containsExactly("37 %", "100 %");
        assertThat(Confidence.ofShare(12_345, 100_000).percent())
                .containsExactly("12.1 %", "12.6 %");
        assertThat(Confidence.ofShare(500_000, 1_000_000).percent())
                .containsExactly("49.9 %", "50.1 %");
        assertThat(Confidence.ofShare(0, 30).percent()).containsExactly("0 %", "9.5 %");
        assertThat(Confidence.ofShare(0, 10_000_000).percent().getLast()).isEqualTo("0.00003 %");
        assertThat(Confidence.ofShare(9_990, 10_000).percent())
                .containsExactly("99.82 %", "99.95 %");
        assertThat(new Confidence(0.1233, 0.1243).percent()).containsExactly("12.33 %", "12.43 %");
        assertThat(new Confidence(0.5, 0.99999).percent().getLast()).isEqualTo("99.999 %");
    }
}
