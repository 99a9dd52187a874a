package io.faultline.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.report.metric.Metric;
import io.faultline.report.metric.Part;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Broken files and everything that is said about them: `broken.txt` has both.
class BrokenScenariosTest {
    private static final Path FILE = Path.of("src/test/resources/broken.txt");

    private static final ScenarioParser PARSER =
            new ScenarioParser(
                    new Vocabulary(
                            Set.of("no-split-brain", "monotonic-epoch", "no-false-failure"),
                            Set.of("no-false-failure"),
                            Set.of("recovery-livelock"),
                            Set.of("recovery-completed"),
                            Set.of(
                                    "all-healthy",
                                    "quorum-restored",
                                    "rounds-complete",
                                    "throughput-restored",
                                    "views-agree"),
                            Set.of("suspicion.latency", "message.delay", "recovery.latency"),
                            name -> Part.allowed(Metric.named(name)),
                            BrokenScenariosTest::checkCondition));

    private static void checkCondition(String metric, String condition) {
        if (!condition.startsWith("p99<")) {
            throw new IllegalArgumentException("cannot read '" + condition + "'");
        }
    }

    record Case(String name, String yaml, String expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyMistakeIsSaidWithItsPlace(Case broken) {
        if (!Golden.isWriting()) {
            assertThat(said(broken)).isEqualTo(broken.expected);
        }
    }

    @Test
    void thereAreEnoughOfThem() {
        assertThat(cases()).hasSizeGreaterThan(30);
    }

    @AfterAll
    static void write() {
        if (Golden.isWriting()) {
            var text = new StringBuilder(Golden.read(FILE).split("(?m)^=== ")[0]);
            cases().forEach(c ->
                    text.append("=== %s\n%s--->\n%s".formatted(c.name, c.yaml, said(c))));
            Golden.write(FILE, text.toString());
        }
    }

    private static String said(Case broken) {
        try {
            PARSER.parse(new Source("broken.yaml", broken.yaml), Map.of());
            return "nothing\n";
        } catch (ScenarioException e) {
            return e.getMessage() + "\n";
        }
    }

    static Stream<Case> cases() {
        List<Case> cases = new ArrayList<>();
        var parts = Golden.read(FILE).split("(?m)^=== ");
        for (int i = 1; i < parts.length; i++) {
            int name = parts[i].indexOf('\n') + 1;
            int arrow = parts[i].indexOf("--->\n", name);
            cases.add(
                    new Case(
                            parts[i].substring(0, name - 1),
                            parts[i].substring(name, arrow),
                            parts[i].substring(arrow + 5)));
        }
        return cases.stream();
    }
}
