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

/// Every scenario of the catalogue holds, unless it is made to fail, and does what it did before:
/// its fingerprint and what was observed, but for routine traffic, are beside this test. Failures
/// tend to go on and on, and of those only the beginning is. `-Dgolden=write` writes them anew;
/// what changes is to be read like code.
class GoldenTraceTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final int BEGINNING = 60;

    static List<String> names() {
        return Catalogue.load().names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyScenarioOfTheCatalogueRepeatsItsTrace(String name) throws IOException {
        var scenario =
                new ScenarioParser(Judge.VOCABULARY).parse(Catalogue.load().find(name), Map.of());
        var result = Run.of(scenario, "replay", "test").result();
        boolean fails = isMadeToFail(name);
        if (!fails) {
            assertThat(result.verdict().judgements())
                    .allSatisfy(judgement -> assertThat(judgement.answer()).isEqualTo(Answer.HELD));
        }
        var trace =
                result.fingerprint()
                        + "\n"
                        + result.trace().stream()
                                .filter(GoldenTraceTest::isNotRoutine)
                                .limit(fails ? BEGINNING : Long.MAX_VALUE)
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

    /// Whether it is one of those in whose way to fail `FailuresTest` takes an interest.
    private static boolean isMadeToFail(String name) {
        return name.startsWith("failures/") && !name.endsWith("-fixed");
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
