package io.faultline.report.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Random;

class SamplesTest {

    @Test
    void fewSamplesHaveExactPercentiles() {
        var samples = Samples.of(5_000_000_003L, 1, 2_600_000_000L, 2_600_000_001L);

        assertThat(samples.percentile(0)).isEqualTo(1);
        assertThat(samples.percentile(25)).isEqualTo(1);
        assertThat(samples.percentile(25.1)).isEqualTo(2_600_000_000L);
        assertThat(samples.percentile(50)).isEqualTo(2_600_000_000L);
        assertThat(samples.percentile(75)).isEqualTo(2_600_000_001L);
        assertThat(samples.percentile(99)).isEqualTo(5_000_000_003L);
        assertThat(samples.value(Statistic.Plain.MEAN)).hasValue(2_550_000_001.25);
    }

    @Test
    void nearestRankIsNotPutOffByFloatingPoint() {
        var samples = new Samples();
        for (int i = 1; i <= 1000; i++) {
            samples.add(i);
        }

        assertThat(samples.percentile(99.9)).isEqualTo(999);
        assertThat(samples.percentile(99.91)).isEqualTo(1000);
        assertThat(samples.percentile(29)).isEqualTo(290);
    }

    @Test
    void manySamplesHavePercentilesWithinAThousandth() {
        var samples = new Samples();
        for (int i = 1; i <= 100_000; i++) {
            samples.add(i * 1_000_000L);
        }

        assertThat(samples.percentile(50))
                .isCloseTo(50_000_000_000L, Percentage.withPercentage(.1));
        assertThat(samples.percentile(99.9))
                .isCloseTo(99_900_000_000L, Percentage.withPercentage(.1));
        assertThat(samples.percentile(100)).isEqualTo(100_000_000_000L);
        assertThat(samples.value(Statistic.Plain.MIN)).hasValue(1_000_000);
        assertThat(samples.histogram().getTotalCount()).isEqualTo(100_000);
    }

    @Test
    void theStandardDeviationIsThatOfTheDistributionDrawnFrom() {
        assertThat(Samples.of(5, 1, 3, 2, 4).deviation().orElseThrow())
                .isCloseTo(Math.sqrt(2.5), Percentage.withPercentage(1e-9));
        assertThat(Samples.of(7).deviation()).isEmpty();
        var many = new Samples();
        for (int i = 1; i <= 100_000; i++) {
            many.add(i * 1_000_000L);
        }
        assertThat(many.deviation().orElseThrow())
                .isCloseTo(100_000e6 / Math.sqrt(12), Percentage.withPercentage(.1));
    }

    @Test
    void samplesAreCountedByTheirValue() {
        assertThat(Samples.of(5, 1, 5).counts())
                .containsExactly(Map.entry(1L, 1L), Map.entry(5L, 2L));
        var many = new Samples();
        for (int i = 0; i < 5000; i++) {
            many.add(i % 3);
        }
        assertThat(many.counts())
                .containsExactly(Map.entry(0L, 1667L), Map.entry(1L, 1667L), Map.entry(2L, 1666L));
    }

    @Test
    void sumsDoNotOverflow() {
        var samples = new Samples();
        for (int i = 0; i < 2000; i++) {
            samples.add(Long.MAX_VALUE / 2);
        }

        assertThat(samples.value(Statistic.Plain.MEAN).orElseThrow())
                .isCloseTo(Long.MAX_VALUE / 2.0, Percentage.withPercentage(1e-9));
    }

    @Test
    void negativeSpansAreRefused() {
        assertThatThrownBy(() -> Samples.of(-1)).hasMessageContaining("not negative");
    }

    @Test
    void noSamplesHaveACountAndNothingElse() {
        var none = new Samples();

        assertThat(none.value(Statistic.Plain.COUNT)).hasValue(0);
        assertThat(none.value(Statistic.Plain.MAX)).isEmpty();
        assertThat(none.value(Statistic.p(99))).isEmpty();
        assertThat(none.histogram().getTotalCount()).isZero();
    }

    @Test
    void samplesAreTheSameAfterAJourneyInBytes() {
        var random = new Random(4);
        for (int size : new int[] {0, 1, 2, Samples.EXACT, Samples.EXACT + 1, 20_000}) {
            var values = random.longs(size, 0, 1L << random.nextInt(10, 50)).toArray();
            var samples = Samples.of(values);
            var decoded = Samples.decode(samples.encode());
            assertThat(decoded.encode()).isEqualTo(samples.encode());
            for (var statistic : List.of("count", "min", "mean", "p1", "p50", "p99.9", "max")) {
                assertThat(decoded.value(Statistic.parse(statistic)))
                        .as("%s of %d", statistic, size)
                        .isEqualTo(samples.value(Statistic.parse(statistic)));
            }
            assertThat(decoded.histogram()).isEqualTo(samples.histogram());
            var more = Samples.of(5, 1L << 40);
            assertThat(Samples.merge(List.of(decoded, more)).encode())
                    .isEqualTo(Samples.merge(List.of(more, samples)).encode());
        }
    }
}
