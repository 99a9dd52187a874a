package io.faultline.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class ScenarioWriterTest {
    private static final Path VALID = Path.of("src/test/resources/valid");

    private final ScenarioParser parser = new ScenarioParser();

    @ParameterizedTest
    @ValueSource(strings = {"everything.yaml", "smallest.yaml", "as-json.json", "anchors.yaml"})
    void whatIsWrittenReadsAsTheSame(String file) {
        var scenario = parser.parse(VALID.resolve(file));
        var written = ScenarioWriter.write(scenario);
        var again = parser.parse(new Source("written.yaml", written), Map.of());

        assertThat(again).isEqualTo(scenario.withoutParams());
        assertThat(ScenarioWriter.write(again)).isEqualTo(withoutComments(written));
    }

    @Test
    void everyDefaultIsSpelledOut() {
        var written = ScenarioWriter.write(parser.parse(VALID.resolve("everything.yaml")));
        var golden = Path.of("src/test/resources/golden/everything.resolved.yaml");
        if (Golden.isWriting()) {
            Golden.write(golden, written);
        }

        assertThat(written).isEqualTo(Golden.read(golden));
    }

    @Test
    void textsStayTexts() {
        for (var awkward :
                List.of(
                        "yes: no # $hb \"quoted\" \\ 'single' \n\t- x é 🙂 \u0085\u2028 ${x} $",
                        "- x",
                        "123",
                        "true",
                        "null",
                        "~",
                        "",
                        " ",
                        "=",
                        "%",
                        "a: b",
                        "0x1f",
                        ".inf",
                        "5ms",
                        "$(x)")) {
            var told = about(awkward, parser.parse(VALID.resolve("smallest.yaml")));
            var written = new Source("written.yaml", ScenarioWriter.write(told));

            assertThat(parser.parse(written, Map.of())).isEqualTo(told);
        }
    }

    @Test
    void keysStayKeys() {
        var sets = Map.of("thresholds.\"a$b {c:d} #e\"", "[x]");
        var scenario = parser.parse(Source.of(VALID.resolve("smallest.yaml")), sets);
        var written = new Source("written.yaml", ScenarioWriter.write(scenario));

        assertThat(parser.parse(written, Map.of())).isEqualTo(scenario);
    }

    private static Scenario about(String about, Scenario scenario) {
        return new Scenario(
                scenario.apiVersion(),
                scenario.name(),
                Optional.of(about),
                scenario.seed(),
                scenario.params(),
                scenario.topology(),
                scenario.protocol(),
                scenario.workload(),
                scenario.phases(),
                scenario.faults(),
                scenario.budget(),
                scenario.swarm(),
                scenario.script(),
                scenario.expect(),
                scenario.thresholds(),
                scenario.limits(),
                scenario.observe());
    }

    private static String withoutComments(String yaml) {
        return yaml.replaceAll("(?m)^#.*\n", "");
    }
}
