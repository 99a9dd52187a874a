package io.faultline.scenario.format;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;

import java.io.StringWriter;
import java.util.Collection;
import java.util.Map;

/// Prints nested maps, lists, texts, numbers and booleans as JSON.
public final class JsonWriter {
    private JsonWriter() {}

    public static String write(Map<String, ?> object) {
        var out = new StringWriter();
        try (var json = new JsonFactory().createGenerator(new Indented(), out)) {
            write(object, json);
        }
        return out + "\n";
    }

    private static void write(Object value, JsonGenerator json) {
        switch (value) {
            case Map<?, ?> object -> {
                json.writeStartObject();
                object.forEach((key, below) -> {
                    json.writeName((String) key);
                    write(below, json);
                });
                json.writeEndObject();
            }
            case Collection<?> list -> {
                json.writeStartArray();
                list.forEach(item -> write(item, json));
                json.writeEndArray();
            }
            case String text -> json.writeString(text);
            case Boolean truth -> json.writeBoolean(truth);
            case Integer number -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            case Double number -> json.writeNumber(number);
            default -> throw new IllegalArgumentException("not of JSON: " + value);
        }
    }

    /// The same line ends on every system, so that a file in the repository stays the same.
    private static final class Indented extends ObjectWriteContext.Base {
        private final PrettyPrinter printer =
                new DefaultPrettyPrinter(
                                Separators.createDefaultInstance()
                                        .withObjectNameValueSpacing(Separators.Spacing.AFTER))
                        .withObjectIndenter(new DefaultIndenter("  ", "\n"));

        @Override
        public PrettyPrinter getPrettyPrinter() {
            return printer;
        }

        @Override
        public boolean hasPrettyPrinter() {
            return true;
        }
    }
}
