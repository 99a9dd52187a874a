package io.faultline.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.Map;

class ScenarioParserTest {
    private static final Path VALID = Path.of("src/test/resources/valid");

    @Test
    void everythingIsRead() {
        var scenario = new ScenarioParser().parse(VALID.resolve("everything.yaml"));
        System.out.println(ScenarioWriter.write(scenario));
        assertThat(
                        new ScenarioParser()
                                .parse(new Source("x", ScenarioWriter.write(scenario)), Map.of()))
                .isEqualTo(scenario.withoutParams());
    }
}
