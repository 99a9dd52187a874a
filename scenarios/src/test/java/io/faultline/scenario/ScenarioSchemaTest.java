package io.faultline.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

import io.faultline.scenario.format.JsonWriter;
import io.faultline.scenario.format.Problems;
import io.faultline.scenario.format.Yaml;
import io.faultline.scenario.format.YamlReader;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

class ScenarioSchemaTest {
    private static final Path PUBLISHED =
            Path.of("src/main/resources/schema/faultline-v1.schema.json");

    private static final Schema SCHEMA =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(ScenarioSchema.generate());

    /// Broken in ways that a schema can see: keys, types, forms of scalars, kinds.
    private static final Set<String> STRUCTURAL =
            Set.of(
                    "an unknown version",
                    "a version that is a number",
                    "a name that is no file name",
                    "everything that is needed is missing",
                    "an unknown key",
                    "an unknown key further down",
                    "an unknown key that resembles nothing",
                    "a missing key",
                    "wrong types",
                    "durations without a unit",
                    "durations with a wrong unit",
                    "a negative duration",
                    "a chance without a percent sign",
                    "a chance that is none",
                    "rates that are none",
                    "a rate with an unknown unit",
                    "an unknown fault",
                    "an unknown schedule",
                    "two faults in one entry",
                    "no schedule",
                    "both schedules",
                    "no fault",
                    "an unknown constant",
                    "an unknown detector",
                    "a detector without its kind",
                    "an unknown key of a detector",
                    "an unknown action",
                    "unknown observations",
                    "a goal in a wrong form");

    @Test
    void thePublishedSchemaIsWhatTheRecordsSay() {
        if (Golden.isWriting()) {
            Golden.write(PUBLISHED, ScenarioSchema.generate());
        }

        assertThat(Golden.read(PUBLISHED))
                .as("regenerate with -Dgolden=write")
                .isEqualTo(ScenarioSchema.generate());
        assertThat(ScenarioSchema.published()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"everything.yaml", "smallest.yaml", "as-json.json", "anchors.yaml"})
    void validFilesSatisfyIt(String file) {
        assertThat(complaints(Golden.read(Path.of("src/test/resources/valid", file)))).isEmpty();
    }

    @Test
    void whatTheWriterWritesSatisfiesIt() {
        var scenario =
                new ScenarioParser().parse(Path.of("src/test/resources/valid/everything.yaml"));

        assertThat(complaints(ScenarioWriter.write(scenario))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("catalogue")
    void theCatalogueSatisfiesIt(Source scenario) {
        assertThat(complaints(scenario.text())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("broken")
    void structurallyBrokenFilesDoNot(BrokenScenariosTest.Case broken) {
        assertThat(complaints(broken.yaml())).isNotEmpty();
    }

    static Stream<Source> catalogue() {
        return Catalogue.load().all().stream();
    }

    static Stream<BrokenScenariosTest.Case> broken() {
        var broken =
                BrokenScenariosTest.cases().filter(c -> STRUCTURAL.contains(c.name())).toList();
        assertThat(broken).hasSameSizeAs(STRUCTURAL);
        return broken.stream();
    }

    private static List<?> complaints(String yaml) {
        var problems = new Problems();
        var tree = YamlReader.read("x", yaml, problems).orElseThrow();
        assertThat(problems.sorted()).isEmpty();
        @SuppressWarnings("unchecked")
        var json = JsonWriter.write((Map<String, Object>) json(tree));
        return SCHEMA.validate(json, InputFormat.JSON);
    }

    private static Object json(Yaml node) {
        return switch (node) {
            case Yaml.Mapping(_, var entries) -> {
                var object = new LinkedHashMap<String, Object>();
                entries.forEach(entry -> object.put(entry.name(), json(entry.value())));
                yield object;
            }
            case Yaml.Sequence(_, var items) ->
                    items.stream().map(ScenarioSchemaTest::json).toList();
            case Yaml.Scalar(_, var text, var type) ->
                    switch (type) {
                        case INTEGER ->
                                text.startsWith("0x")
                                        ? (Object) new BigInteger(text.substring(2), 16).longValue()
                                        : (Object) Long.parseLong(text);
                        case DECIMAL -> Double.parseDouble(text);
                        case BOOLEAN -> Boolean.parseBoolean(text);
                        case TEXT, NULL, REFUSED -> text;
                    };
        };
    }
}
