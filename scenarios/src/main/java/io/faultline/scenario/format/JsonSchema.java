package io.faultline.scenario.format;

import static io.faultline.scenario.format.Component.argument;
import static io.faultline.scenario.format.Component.keyType;
import static io.faultline.scenario.format.Component.raw;

import io.faultline.model.Door;
import io.faultline.model.Kind;
import io.faultline.model.Shorthand;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Describes to editors what [Binder] accepts: a JSON Schema (draft 2020-12) as nested maps and
/// lists.
///
/// It cannot say everything. References between the parts of a file, and what numbers mean
/// together, are left to the parser.
public final class JsonSchema {
    private static final String REFERENCE = "reference";

    private final Map<String, Object> definitions = new TreeMap<>();
    private final Map<String, Type> described = new TreeMap<>();

    private JsonSchema() {}

    /// The schema of files that hold a record of this type.
    public static SequencedMap<String, Object> of(Class<? extends Record> type) {
        var schema = new JsonSchema();
        var root = object();
        root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        root.putAll(schema.record(Component.of(type)));
        root.put("$defs", schema.definitions);
        return root;
    }

    private SequencedMap<String, Object> typeOf(Type type) {
        var raw = raw(type);
        if (raw == Optional.class) {
            return typeOf(argument(type));
        } else if (raw == List.class) {
            return object("type", "array", "items", typeOf(argument(type)));
        } else if (raw == Map.class) {
            var map = object("type", "object", "additionalProperties", typeOf(argument(type)));
            var key = Syntaxes.of(keyType(type));
            if (key != null) {
                map.put("propertyNames", object("pattern", "^(" + key.pattern() + ")$"));
            }
            return map;
        } else if (raw == String.class) {
            return object("type", "string");
        } else if (raw == Literal.class) {
            return object("type", List.of("string", "number", "boolean"));
        } else if (raw == Pattern.class) {
            return pattern((Class<?>) argument(type));
        } else if (Scalars.isScalar(raw)) {
            return scalar(raw);
        } else if (raw.isAnnotationPresent(Door.class)) {
            return own();
        } else if (raw.isAnnotationPresent(Bare.class)) {
            return property(Component.of(raw).getFirst());
        }
        return defined(Kind.name(raw), raw, () -> structure(raw));
    }

    private SequencedMap<String, Object> scalar(Class<?> type) {
        var syntax = Syntaxes.of(type);
        if (syntax != null) {
            return defined(
                    syntax.name(),
                    type,
                    () ->
                            orReference(
                                    object(
                                            "type",
                                            "string",
                                            "pattern",
                                            "^(" + syntax.pattern() + ")$"),
                                    syntax.noun() + ", such as " + syntax.example()));
        } else if (type.isEnum()) {
            var names =
                    Arrays.stream(type.getEnumConstants())
                            .map(constant -> Kind.name((Enum<?>) constant))
                            .toList();
            return defined(
                    Kind.name(type),
                    type,
                    () -> orReference(object("enum", names), Names.listed(names)));
        } else if (type == boolean.class || type == Boolean.class) {
            return defined(
                    "boolean", Boolean.class, () -> orReference(object("type", "boolean"), ""));
        } else if (type == double.class || type == Double.class) {
            return defined("number", Double.class, () -> orReference(object("type", "number"), ""));
        }
        return defined("integer", Long.class, () -> orReference(object("type", "integer"), ""));
    }

    private SequencedMap<String, Object> structure(Class<?> type) {
        if (!type.isRecord()) {
            var kinds = new ArrayList<>();
            Names.kinds(type).forEach((name, kind) -> kinds.add(kind(name, kind)));
            if (!Own.doors(type).isEmpty()) {
                kinds.add(own());
            }
            var alone = kindsThatStandAlone(type);
            if (!alone.isEmpty()) {
                kinds.add(object("enum", alone));
            }
            return object("oneOf", kinds);
        } else if (type.isAnnotationPresent(Keyed.class)) {
            var components = Component.of(type);
            var below = record(components.subList(1, components.size()));
            return object(
                    "type",
                    "object",
                    "minProperties",
                    1,
                    "maxProperties",
                    1,
                    "additionalProperties",
                    below);
        }
        var record = record(Component.of(type));
        if (type.isAnnotationPresent(Shorthand.class)) {
            var alone = type.getAnnotation(Shorthand.class).value();
            return object("anyOf", List.of(asMap(record.get("properties")).get(alone), record));
        }
        return record;
    }

    /// A kind that is no part of this program, of which no schema knows the parameters.
    private SequencedMap<String, Object> own() {
        return defined(
                Own.KEY,
                Object.class,
                () ->
                        object(
                                "description",
                                "a class of your own, with its parameters",
                                "type",
                                "object",
                                "properties",
                                object(
                                        Own.CLASS,
                                        object(
                                                "description",
                                                "its full name, such as com.acme.Brownout",
                                                "type",
                                                "string")),
                                "required",
                                List.of(Own.CLASS)));
    }

    /// The kinds that need no more than their name.
    private List<String> kindsThatStandAlone(Class<?> family) {
        return Names.kinds(family).entrySet().stream()
                .filter(e -> !record(Component.of(e.getValue())).containsKey("required"))
                .map(Map.Entry::getKey)
                .toList();
    }

    /// A member of a family that is told by its `kind`.
    private SequencedMap<String, Object> kind(String name, Class<?> kind) {
        return defined(
                name,
                kind,
                () -> {
                    var record = record(Component.of(kind));
                    var properties = object("kind", object("const", name));
                    properties.putAll(asMap(record.get("properties")));
                    record.put("properties", properties);
                    var required = new ArrayList<Object>(List.of("kind"));
                    required.addAll((List<?>) record.getOrDefault("required", List.of()));
                    record.put("required", required);
                    return record;
                });
    }

    /// A pattern that stands alone.
    private SequencedMap<String, Object> pattern(Class<?> family) {
        return defined(
                Kind.name(family),
                family,
                () ->
                        object(
                                "type",
                                "object",
                                "properties",
                                patterns(family),
                                "additionalProperties",
                                false,
                                "minProperties",
                                1,
                                "maxProperties",
                                1));
    }

    private SequencedMap<String, Object> patterns(Class<?> family) {
        var properties = object();
        Names.keys(family)
                .forEach((name, kind) ->
                        properties.put(
                                name,
                                kind.isRecord()
                                        ? defined(
                                                Kind.name(family) + "." + name,
                                                kind,
                                                () -> anyOf(kind))
                                        : own()));
        return properties;
    }

    /// Any of the components of a record.
    private SequencedMap<String, Object> anyOf(Class<?> kind) {
        var properties = object();
        Component.of(kind).forEach(c -> properties.put(Kind.kebab(c.name()), typeOf(c.type())));
        return object("type", "object", "properties", properties, "additionalProperties", false);
    }

    private SequencedMap<String, Object> record(List<Component> components) {
        var properties = object();
        var required = new ArrayList<Object>();
        var families = new ArrayList<Object>();
        for (var component : components) {
            if (component.isInline()) {
                var family = family(component.type());
                properties.putAll(family);
                families.add(
                        object(
                                "oneOf",
                                family.keySet().stream()
                                        .map(name -> object("required", List.of(name)))
                                        .toList()));
                continue;
            }
            properties.put(component.name(), property(component));
            if (!component.table().isEmpty()) {
                properties.put(
                        component.table(),
                        object(
                                "description",
                                "a CSV file with " + component.name() + ", beside this file",
                                "type",
                                "string"));
            }
            if (component.byDefault().isEmpty() && !component.mayBeAbsent()) {
                required.add(component.name());
            }
        }
        var record =
                object("type", "object", "properties", properties, "additionalProperties", false);
        if (!required.isEmpty()) {
            record.put("required", required);
        }
        if (!families.isEmpty()) {
            record.put("allOf", families);
        }
        return record;
    }

    private SequencedMap<String, Object> family(Type type) {
        if (raw(type) == Pattern.class) {
            return patterns((Class<?>) argument(type));
        }
        var properties = object();
        Names.keys(raw(type)).forEach((name, kind) -> properties.put(name, typeOf(kind)));
        return properties;
    }

    private SequencedMap<String, Object> property(Component component) {
        var property = object();
        if (!component.description().isEmpty()) {
            property.put("description", component.description());
        }
        property.putAll(typeOf(component.type()));
        if (!component.byDefault().isEmpty()) {
            property.put("default", standard(component.byDefault()));
        }
        return property;
    }

    private static Object standard(String byDefault) {
        return switch (byDefault.charAt(0)) {
            case '{', '[' -> plain(YamlReader.standard(byDefault));
            default -> plain(byDefault, YamlReader.typeOf(byDefault));
        };
    }

    private static Object plain(Yaml yaml) {
        return switch (yaml) {
            case Yaml.Mapping mapping -> {
                var plain = new LinkedHashMap<String, Object>();
                mapping.entries().forEach(e -> plain.put(e.name(), plain(e.value())));
                yield plain;
            }
            case Yaml.Sequence sequence ->
                    sequence.items().stream().map(JsonSchema::plain).toList();
            case Yaml.Scalar scalar -> plain(scalar.text(), scalar.type());
        };
    }

    private static Object plain(String text, Yaml.Type type) {
        return switch (type) {
            case INTEGER -> Long.parseLong(text);
            case DECIMAL -> Double.parseDouble(text);
            case BOOLEAN -> Boolean.parseBoolean(text);
            case TEXT, NULL, REFUSED -> text;
        };
    }

    /// A scalar, or a reference to a parameter in its place.
    private SequencedMap<String, Object> orReference(
            SequencedMap<String, Object> scalar, String description) {
        definitions.putIfAbsent(
                REFERENCE,
                object(
                        "description", "a reference to a parameter, such as $heartbeat",
                        "type", "string",
                        "pattern", "\\$(\\([A-Za-z_][A-Za-z0-9_]*\\)|[A-Za-z_])"));
        var choice = object();
        if (!description.isEmpty()) {
            choice.put("description", description);
        }
        choice.put("anyOf", List.of(scalar, object("$ref", "#/$defs/" + REFERENCE)));
        return choice;
    }

    /// A reference to a definition, which is made the first time.
    private SequencedMap<String, Object> defined(
            String name, Type type, Supplier<SequencedMap<String, Object>> make) {
        var before = described.putIfAbsent(name, type);
        if (before == null) {
            definitions.put(name, make.get());
        } else if (!before.equals(type)) {
            throw new IllegalStateException(before + " and " + type + " are both called " + name);
        }
        return object("$ref", "#/$defs/" + name);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> asMap(Object map) {
        return (Map<String, Object>) map;
    }

    private static SequencedMap<String, Object> object(Object... keysAndValues) {
        var object = new LinkedHashMap<String, Object>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            object.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return object;
    }
}
