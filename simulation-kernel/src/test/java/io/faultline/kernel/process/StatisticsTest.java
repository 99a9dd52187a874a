package io.faultline.kernel.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/// Averages over values and over time.
class StatisticsTest {

    @Test
    void aTallyKnowsMeanVarianceAndExtremes() {
        var tally = new Tally();
        for (double value : new double[] {4, 7, 13, 16}) {
            tally.add(value);
        }
        assertThat(tally.count()).isEqualTo(4);
        assertThat(tally.mean()).isEqualTo(10);
        assertThat(tally.variance()).isEqualTo(30); // (36 + 9 + 9 + 36) / 3
        assertThat(tally.standardDeviation()).isCloseTo(5.477225575051661, within(1e-15));
        assertThat(tally.min()).isEqualTo(4);
        assertThat(tally.max()).isEqualTo(16);
    }

    @Test
    void aTallyLosesNoDigitsFarFromZero() {
        var tally = new Tally();
        for (double value : new double[] {4, 7, 13, 16}) {
            tally.add(1e9 + value);
        }
        assertThat(tally.variance()).isEqualTo(30);
    }

    @Test
    void whatIsNotThereIsNotANumber() {
        var tally = new Tally();
        assertThat(tally.mean()).isNaN();
        assertThat(tally.max()).isNaN();
        tally.add(3);
        assertThat(tally.mean()).isEqualTo(3);
        assertThat(tally.variance()).isNaN();
    }

    @Test
    void aTimeAverageCountsEachValueForAsLongAsItLasted() {
        var average = new TimeAverage(10, 2);
        average.set(15, 4);
        average.set(15, 9); // for an instant
        average.set(15, 0);
        average.set(20, 1);
        assertThat(average.mean(30)).isEqualTo((5 * 2 + 5 * 0 + 10 * 1) / 20.0);
        assertThat(average.value()).isEqualTo(1);
        assertThat(average.max()).isEqualTo(9);
    }

    @Test
    void aTimeAverageCanBeginAnew() {
        var average = new TimeAverage(0, 8);
        average.set(10, 3);
        average.restart(20);
        assertThat(average.mean(20)).isEqualTo(3);
        average.set(30, 5);
        assertThat(average.mean(40)).isEqualTo(4);
        assertThat(average.max()).isEqualTo(5);
    }

    @Test
    void timeDoesNotGoBack() {
        var average = new TimeAverage(0, 0);
        average.set(2_000_000_000, 1);
        assertThatThrownBy(() -> average.set(1_000_000_000, 0))
                .hasMessage("time went back from 2.000s to 1.000s");
    }
}
