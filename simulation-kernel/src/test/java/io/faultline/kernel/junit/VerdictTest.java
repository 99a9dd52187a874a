package io.faultline.kernel.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.util.List;

/// Estimates are judged by their confidence intervals. The numbers were computed elsewhere, with
/// the quantiles 4.604095 of the t-distribution and 2.575829 of the normal distribution.
class VerdictTest {

    private final Replications replications = new Replications(new double[] {1, 2, 3, 4, 5});

    @Test
    void aMeanHasTheIntervalOfStudent() {
        assertThat(replications.mean()).isEqualTo(3);
        assertThat(replications.halfWidth()).isCloseTo(3.255587, within(1e-6));
    }

    @Test
    void aProportionHasTheIntervalOfWilson() {
        var proportion = new Proportion(15, 50);
        assertThat(proportion.halfWidth()).isCloseTo(0.158590, within(1e-6));
        assertThat(proportion).hasToString("0.323430 ± 0.158590 (99 %, 15 of 50)");
        assertThat(new Proportion(0, 100).halfWidth()).isCloseTo(0.031110, within(1e-6));
    }

    @Test
    void whatLiesInANarrowIntervalAgrees() {
        assertThat(replications.judge(4, 0.9)).isEqualTo(Verdict.AGREES);
        assertThat(new Proportion(15, 50).judge(0.25, 0.7)).isEqualTo(Verdict.AGREES);
    }

    @Test
    void whatLiesOutsideDisagrees() {
        assertThat(replications.judge(7, 0.9)).isEqualTo(Verdict.DISAGREES);
        assertThat(new Proportion(15, 50).judge(0.5, 0.7)).isEqualTo(Verdict.DISAGREES);
    }

    @Test
    void aWideIntervalProvesNothing() {
        assertThat(replications.judge(4, 0.8)).isEqualTo(Verdict.TOO_NOISY);
        assertThat(new Proportion(15, 50).judge(0.25, 0.6)).isEqualTo(Verdict.TOO_NOISY);
    }

    @Test
    void replicationsHaveSeedsOfTheirOwnAndComeInTheirOrder() {
        var seeds = Replications.run(100, 7, seed -> seed);
        assertThat(seeds).doesNotHaveDuplicates();
        assertThat(Replications.run(100, 7, seed -> seed)).isEqualTo(seeds);
        assertThat(Replications.of(List.of("a", "bcd"), String::length).mean()).isEqualTo(2);
    }
}
