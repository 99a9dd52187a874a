package io.faultline.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.report.diagnosis.Finding;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Map;

/// For how long a partition may serve nobody before that is damage.
class SloTest {

    private static String cascade(String slo) {
        var scenario =
                new ScenarioParser(Judge.VOCABULARY)
                        .parse(
                                Catalogue.load().find("failures/tight-timeouts"),
                                Map.of("expect.slo", slo));
        return Run.of(scenario, "", "").result().findings().stream()
                .filter(finding -> finding.is("cascade"))
                .map(Finding::sentence)
                .findFirst()
                .orElse("none");
    }

    @ParameterizedTest
    @CsvSource({
        "100ms, 10 failures and 89 losses of service for more than 100ms",
        "1s, 6 failures and 32 losses of service for more than 1.000s",
        "1h, none"
    })
    void itDecidesWhatIsACascade(String slo, String found) {
        assertThat(cascade(slo)).startsWith(found);
    }
}
