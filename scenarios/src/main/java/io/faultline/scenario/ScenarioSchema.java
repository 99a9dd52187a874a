package io.faultline.scenario;

import io.faultline.report.goal.Goal;
import io.faultline.scenario.format.JsonSchema;
import io.faultline.scenario.format.JsonWriter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// The JSON Schema of scenario files, for editors: it completes keys, explains them, and underlines
/// what is not of the right form. What it accepts may still not make sense; see [ScenarioParser].
public final class ScenarioSchema {
    private static final String RESOURCE = "/schema/faultline-v1.schema.json";

    private ScenarioSchema() {}

    /// The published schema.
    public static String published() {
        try (var in = ScenarioSchema.class.getResourceAsStream(RESOURCE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the schema cannot be read", e);
        }
    }

    /// The schema as the records describe it now. The build checks that this is the published one.
    static String generate() {
        var schema = JsonSchema.of(Scenario.class);
        schema.putLast("$defs", schema.remove("$defs"));
        schema.putFirst(
                "description",
                "A scenario: a system, what goes wrong with it, and what shall hold.");
        schema.putFirst("title", "Faultline scenario");
        schema.putFirst("$schema", schema.remove("$schema"));
        refine(schema, "apiVersion", Map.of("const", Scenario.API_VERSION));
        refine(schema, "name", Map.of("pattern", "^[A-Za-z0-9_-][A-Za-z0-9._-]*$"));
        nameGoals(schema);
        return JsonWriter.write(schema);
    }

    /// Has editors complete goals. Any other key may still be one of the user's own.
    @SuppressWarnings("unchecked")
    private static void nameGoals(Map<String, Object> schema) {
        var types = (Map<String, Object>) schema.get("$defs");
        var goals = new LinkedHashMap<String, Object>();
        for (var goal : Goal.all()) {
            var known = new LinkedHashMap<String, Object>();
            known.put("description", goal.description());
            known.put("$ref", "#/$defs/eventually/additionalProperties");
            goals.put(goal.name(), known);
        }
        ((Map<String, Object>) types.get("eventually")).put("properties", goals);
    }

    @SuppressWarnings("unchecked")
    private static void refine(Map<String, Object> schema, String key, Map<String, Object> more) {
        var properties = (Map<String, Object>) schema.get("properties");
        var refined = new LinkedHashMap<>((Map<String, Object>) properties.get(key));
        refined.putAll(more);
        properties.put(key, refined);
    }
}
