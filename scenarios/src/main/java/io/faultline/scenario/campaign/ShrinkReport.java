package io.faultline.scenario.campaign;

import io.faultline.report.Json;
import io.faultline.report.Quantity;
import io.faultline.report.WholeFile;
import io.faultline.scenario.Scenario;
import io.faultline.scenario.ScenarioWriter;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// What came of shrinking a scenario: a scenario file, a test, and what they save whoever reads
/// them.
///
/// @param shrunk what came of it
public record ShrinkReport(Shrink.Shrunk shrunk) {

    private static final String VIRTUAL_TIME = "virtual time";
    private static final List<String> LINE = List.of("faults", "partitions", VIRTUAL_TIME);

    /// How much there was of something, and how much is needed.
    private record Row(String what, String before, String after) {}

    /// The scenario file.
    public String yaml() {
        return "# "
                + shrunk.signature()
                + "\n# This is what is left of "
                + shrunk.original().name()
                + ", seed "
                + shrunk.original().seed()
                + ", if whatever is not needed for that is left out.\n"
                + shrunk.yaml();
    }

    /// Writes the scenario file, the test and the comparison.
    ///
    /// @return the scenario file
    public Path write(Path folder) throws IOException {
        Files.createDirectories(folder);
        var file = folder.resolve("shrunk.yaml");
        WholeFile.write(file, yaml());
        WholeFile.write(folder.resolve(testName() + ".java"), test());
        WholeFile.write(folder.resolve("shrunk.txt"), text());
        return file;
    }

    /// It on one line: `2 of 8 faults, 5 of 12 partitions, 11.000s of 62.000s`.
    String line() {
        return rows().stream()
                        .filter(row -> LINE.contains(row.what()))
                        .map(row ->
                                row.after()
                                        + " of "
                                        + row.before()
                                        + (row.what().equals(VIRTUAL_TIME) ? "" : " " + row.what()))
                        .collect(Collectors.joining(", "))
                + (shrunk.complete() ? "" : "; the time was over before all was tried");
    }

    /// The name of the test's class.
    public String testName() {
        var name = new StringBuilder();
        for (var word : shrunk.original().name().split("[^A-Za-z0-9]+")) {
            if (!word.isEmpty()) {
                name.append(word.substring(0, 1).toUpperCase(Locale.ROOT))
                        .append(word.substring(1));
            }
        }
        var start = name.isEmpty() || Character.isDigit(name.charAt(0)) ? "Scenario" : "";
        return start
                + name
                + "Seed"
                + Long.toString(shrunk.original().seed()).replace("-", "Minus")
                + "Test";
    }

    /// A JUnit test that passes as long as the same goes wrong.
    public String test() {
        var template =
                """
                import static org.junit.jupiter.api.Assertions.assertEquals;

                import io.faultline.scenario.Judge;
                import io.faultline.scenario.Run;
                import io.faultline.scenario.ScenarioParser;
                import io.faultline.scenario.Source;
                import io.faultline.scenario.campaign.Signature;

                import org.junit.jupiter.api.Test;

                import java.util.Map;

                class NAME {

                    private static final String SCENARIO =
                            \"""
                SCENARIO            \""";

                    /// Passes as long as the same goes wrong; expect Signature.CLEAN once it is mended.
                    @Test
                    void theSameGoesWrong() {
                        var source = new Source("NAME", SCENARIO);
                        var scenario = new ScenarioParser(Judge.VOCABULARY).parse(source, Map.of());
                        var run = Run.of(scenario, "NAME", "");
                        assertEquals(
                                "SIGNATURE",
                                Signature.of(run).text());
                    }
                }
                """;
        var indented =
                shrunk.yaml()
                        .lines()
                        .map(line -> "            " + escaped(line) + "\n")
                        .reduce("", String::concat);
        return template.replace("NAME", testName())
                .replace("SIGNATURE", escaped(shrunk.signature().text()))
                .replace("SCENARIO            \"\"\"", indented + "            \"\"\"");
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private List<Row> rows() {
        var before = shrunk.original();
        var after = shrunk.scenario();
        return List.of(
                row("faults", before.faults().size(), after.faults().size()),
                row("scripted actions", before.script().size(), after.script().size()),
                row("partitions", before.topology().partitions(), after.topology().partitions()),
                new Row(
                        VIRTUAL_TIME,
                        Quantity.time(before.phases().end().nanos()),
                        Quantity.time(after.phases().end().nanos())),
                row("settings", settings(before).size(), needed().size()));
    }

    private static Row row(String what, int before, int after) {
        return new Row(what, Integer.toString(before), Integer.toString(after));
    }

    private static List<String> settings(Scenario scenario) {
        return settings(Draft.of(ScenarioWriter.write(scenario.withoutParams())));
    }

    /// The settings that cannot be left to their defaults.
    private List<String> needed() {
        return settings(Draft.of(shrunk.yaml()));
    }

    private static List<String> settings(Draft draft) {
        return draft.paths().stream()
                .filter(path -> draft.text(path).isPresent())
                .map(Draft.Path::toString)
                .toList();
    }

    /// It on one screen, but for the scenario.
    public String text() {
        var lines = new ArrayList<String>();
        lines.add(shrunk.original().name() + ", seed " + shrunk.original().seed());
        lines.add(shrunk.signature().text());
        lines.add("");
        lines.add(String.format(Locale.ROOT, "%-18s %10s %10s", "", "before", "needed"));
        for (var row : rows()) {
            lines.add(
                    String.format(
                            Locale.ROOT, "%-18s %10s %10s", row.what(), row.before(), row.after()));
        }
        lines.add("");
        lines.add(
                Quantity.count(shrunk.runs(), "run")
                        + (shrunk.complete() ? "" : "; the time was over before all was tried"));
        return String.join("\n", lines) + "\n";
    }

    /// It as JSON that people can read.
    public String json() {
        var bytes = new ByteArrayOutputStream();
        try (var json = Json.indented(bytes)) {
            json.writeStartObject();
            json.writeStringProperty("scenario", shrunk.original().name());
            json.writeNumberProperty("seed", shrunk.original().seed());
            json.writeStringProperty("seedText", Long.toString(shrunk.original().seed()));
            json.writeStringProperty("signature", shrunk.signature().text());
            json.writeStringProperty("fingerprint", shrunk.run().result().fingerprint());
            json.writeBooleanProperty("complete", shrunk.complete());
            json.writeNumberProperty("runs", shrunk.runs());
            json.writeArrayPropertyStart("table");
            for (var row : rows()) {
                json.writeStartObject();
                json.writeStringProperty("what", row.what());
                json.writeStringProperty("before", row.before());
                json.writeStringProperty("needed", row.after());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayPropertyStart("needed");
            needed().forEach(json::writeString);
            json.writeEndArray();
            json.writeStringProperty("yaml", yaml());
            json.writeStringProperty("test", test());
            json.writeEndObject();
            json.writeRaw('\n');
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
