package io.faultline.report.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.report.metric.Measurement;
import io.faultline.report.metric.Ratio;
import io.faultline.report.metric.Samples;
import io.faultline.report.metric.Tally;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Locale;

class ThresholdTest {

    private static final Samples LATENCY = Samples.of(2_000_000_000L, 2_600_000_000L);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "p99<2600ms     | VIOLATED | measured 2.600s in 2 samples",
                "p99<=2600ms    | HELD     | measured 2.600s in 2 samples",
                "p(99.9) <= 3s  | HELD     | measured 2.600s in 2 samples",
                "p50<2001ms     | HELD     | measured 2.000s in 2 samples",
                "mean=2.3s      | HELD     | measured 2.300s in 2 samples",
                "max>1m         | VIOLATED | measured 2.600s in 2 samples",
                "min>=2000000us | HELD     | measured 2.000s in 2 samples",
                "count>=2       | HELD     | measured 2",
                "count = 3      | VIOLATED | measured 2",
            })
    void latencyIsComparedInOneOfItsStatistics(String condition, Answer answer, String finding) {
        assertThat(Threshold.parse("suspicion.latency", condition).judge(LATENCY))
                .isEqualTo(
                        new Judgement(
                                "suspicion.latency " + condition,
                                Concern.THRESHOLD,
                                answer,
                                finding));
    }

    @ParameterizedTest
    @CsvSource({
        "quorum.losses, =0, VIOLATED",
        "quorum.losses, >=3, HELD",
        "quorum.losses, < 3.5, HELD",
    })
    void countIsComparedAsItIs(String metric, String condition, Answer answer) {
        assertThat(judge(metric, condition, new Tally(3))).isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource({">=75%, HELD", ">0.75, VIOLATED", "=0.75, HELD", "<1 %, VIOLATED"})
    void shareIsComparedAsNumberOrPercentage(String condition, Answer answer) {
        assertThat(judge("recovery.success.rate", condition, new Ratio(3, 4))).isEqualTo(answer);
    }

    @Test
    void nothingMeasuredIsInconclusive() {
        var none = new Samples();

        assertThat(judge("recovery.latency", "max<30s", none)).isEqualTo(Answer.INCONCLUSIVE);
        assertThat(judge("recovery.latency", "max>30s", none)).isEqualTo(Answer.INCONCLUSIVE);
        assertThat(judge("recovery.latency", "count=0", none)).isEqualTo(Answer.HELD);
        assertThat(judge("recovery.latency", "count>0", none)).isEqualTo(Answer.VIOLATED);
        assertThat(judge("recovery.success.rate", ">=99%", new Ratio(0, 0)))
                .isEqualTo(Answer.INCONCLUSIVE);
    }

    @Test
    void findingIsTheSameInEveryLocale() {
        var before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG"));
            assertThat(Threshold.parse("failures", "<1").judge(new Tally(12_345)).finding())
                    .isEqualTo("measured 12 345");
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "suspicion.latenzy | p99<1s     | unknown metric 'suspicion.latenzy'; known: ale",
                "suspicion.latency | p99<2600   | threshold 'p99<2600' has no bound that fits; su",
                "suspicion.latency | <2600ms    | threshold '<2600ms' names no statistic; suspici",
                "suspicion.latency | p99~1s     | cannot read threshold 'p99~1s'; suspicion.laten",
                "suspicion.latency | p99<       | cannot read threshold 'p99<'; suspicion.latency",
                "suspicion.latency | p999<1s    | a percentile lies in [0, 100], but was 999",
                "suspicion.latency | median<1s  | unknown statistic 'median'; known: count, min,",
                "suspicion.latency | count>=1s  | threshold 'count>=1s' has no bound that fits;",
                "failures          | count<1    | threshold 'count<1' names a statistic; failures",
                "failures          | <1%        | threshold '<1%' has no bound that fits; failures",
                "failures          | <-1        | threshold '<-1' has no bound that fits; failures",
            })
    void whatCannotBeReadIsAnsweredByWhatWouldBeRight(
            String metric, String condition, String message) {
        assertThatThrownBy(() -> Threshold.parse(metric, condition))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    private static Answer judge(String metric, String condition, Measurement measurement) {
        return Threshold.parse(metric, condition).judge(measurement).answer();
    }
}
