package io.faultline.scenario.campaign;

import io.faultline.report.Json;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// A JSON object that was read. Asking for what it does not have is an error that says so.
///
/// @param values texts, numbers, truth values, lists, and further objects
record Fields(SequencedMap<String, Object> values) {

    Fields {
        values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
    }

    /// Reads a text that is one JSON object and nothing else.
    ///
    /// @throws IllegalArgumentException if it is not
    static Fields read(String text) {
        try (var parser = Json.parser(text.getBytes(StandardCharsets.UTF_8))) {
            parser.nextToken();
            if (value(parser) instanceof Fields fields && parser.nextToken() == null) {
                return fields;
            }
            throw new IllegalArgumentException("this is not one JSON object: " + text);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("this is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static Object value(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                var values = new LinkedHashMap<String, Object>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    var name = parser.currentName();
                    parser.nextToken();
                    values.put(name, value(parser));
                }
                yield new Fields(values);
            }
            case START_ARRAY -> {
                var items = new ArrayList<Object>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(parser));
                }
                yield List.copyOf(items);
            }
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> "";
            case null, default -> throw new IllegalArgumentException("there is no JSON value");
        };
    }

    String text(String name) {
        return get(name, String.class);
    }

    long number(String name) {
        return get(name, Long.class);
    }

    boolean flag(String name) {
        return get(name, Boolean.class);
    }

    Fields fields(String name) {
        return get(name, Fields.class);
    }

    List<?> list(String name) {
        return get(name, List.class);
    }

    private <T> T get(String name, Class<T> type) {
        var value = values.get(name);
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException(
                    "a JSON object has no proper '" + name + "', but only " + values.keySet());
        }
        return type.cast(value);
    }
}
