package io.faultline.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed;
import io.faultline.report.verdict.Answer;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Every scenario of the catalogue holds, and does what it did before: its fingerprint and what was
/// observed, but for routine traffic, are beside this test. `-Dgolden=write` writes them anew; what
/// changes is to be read like code.
class GoldenTraceTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    static List<String> names() {
        return Catalogue.load().names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyScenarioOfTheCatalogueHoldsAndRepeatsItsTrace(String name) throws IOException {
        var scenario =
                new ScenarioParser(Judge.VOCABULARY).parse(Catalogue.load().find(name), Map.of());
        var result = Run.of(scenario, "replay", "test").result();
        assertThat(result.verdict().judgements())
                .allSatisfy(judgement -> assertThat(judgement.answer()).isEqualTo(Answer.HELD));
        var trace =
                result.fingerprint()
                        + "\n"
                        + result.trace().stream()
                                .filter(GoldenTraceTest::isNotRoutine)
                                .map(Trace.Entry::toString)
                                .collect(Collectors.joining("\n"))
                        + "\n";
        var file = GOLDEN.resolve(name + ".trace");
        if (Golden.isWriting()) {
            Files.createDirectories(file.getParent());
            Golden.write(file, trace);
        }
        assertThat(trace).isEqualTo(Golden.read(file));
    }

    private static boolean isNotRoutine(Trace.Entry entry) {
        return switch ((Observed) entry.what()) {
            case Observed.MessageDelivered _,
                    Observed.OperationCompleted _,
                    Observed.OperationRejected _,
                    Observed.RetryAdmitted _,
                    Observed.RoundOpened _,
                    Observed.RoundCompleted _ ->
                    false;
            default -> true;
        };
    }
}
