package io.faultline.scenario.format;

import io.faultline.model.Kind;
import io.faultline.model.Shorthand;
import io.faultline.scenario.format.Yaml.Entry;
import io.faultline.scenario.format.Yaml.Mapping;
import io.faultline.scenario.format.Yaml.Scalar;
import io.faultline.scenario.format.Yaml.Sequence;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Makes a tree of records: what [Binder] would make the same records of, with nothing left to
/// defaults.
public final class Unbinder {
    private static final Place NOWHERE = Place.whole("");

    private Unbinder() {}

    /// The tree of a record; keys in the order of its components.
    public static Mapping tree(Record record) {
        return new Mapping(NOWHERE, entries(record));
    }

    /// The tree of any value that a component can have.
    ///
    /// @throws IllegalArgumentException if it is none
    public static Yaml any(Object value) {
        boolean isKnown =
                value instanceof List
                        || value instanceof Map
                        || value instanceof Record
                        || Scalars.isScalar(value.getClass());
        if (!isKnown) {
            throw new IllegalArgumentException(
                    "a " + value.getClass().getName() + " cannot be written in a file");
        }
        return value(value);
    }

    /// Values as a mapping on one line, for people: `{partition: P1, to: failed}`.
    static String inline(Map<String, Object> values) {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + inline(entry.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String inline(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(Unbinder::inline).collect(Collectors.joining(", ", "[", "]"))
                : ((Scalar) value(value)).text();
    }

    private static Yaml value(Object value) {
        return switch (value) {
            case String text -> new Scalar(NOWHERE, text, Yaml.Type.TEXT);
            case Literal(var text) -> new Scalar(NOWHERE, text, YamlReader.typeOf(text));
            case Boolean truth -> new Scalar(NOWHERE, truth.toString(), Yaml.Type.BOOLEAN);
            case Integer number -> new Scalar(NOWHERE, number.toString(), Yaml.Type.INTEGER);
            case Long number -> new Scalar(NOWHERE, number.toString(), Yaml.Type.INTEGER);
            case Double number -> new Scalar(NOWHERE, Numbers.plain(number), Yaml.Type.DECIMAL);
            case Enum<?> constant -> new Scalar(NOWHERE, Kind.name(constant), Yaml.Type.TEXT);
            case List<?> list -> new Sequence(NOWHERE, list.stream().map(Unbinder::value).toList());
            case Map<?, ?> map -> mapping(map);
            case Pattern<?> pattern -> new Mapping(NOWHERE, List.of(entry(pattern)));
            default -> {
                var syntax = Syntaxes.of(value.getClass());
                yield syntax != null
                        ? new Scalar(NOWHERE, syntax.printed(value), Yaml.Type.TEXT)
                        : record((Record) value);
            }
        };
    }

    private static Entry entry(Pattern<?> pattern) {
        var values = mapping(pattern.values());
        return Own.is(pattern.kind())
                ? entry(Own.KEY, own(pattern.kind(), values.entries()))
                : entry(pattern.name(), values);
    }

    /// A kind that is no part of this program.
    private static Mapping own(Class<?> kind, List<Entry> parameters) {
        var entries = new ArrayList<Entry>();
        entries.add(entry(Own.CLASS, value(Own.name(kind))));
        entries.addAll(parameters);
        return new Mapping(NOWHERE, entries);
    }

    private static Yaml record(Record record) {
        var type = record.getClass();
        if (Own.is(type)) {
            return own(type, entries(record));
        }
        if (type.isAnnotationPresent(Bare.class)) {
            return value(Component.of(type).getFirst().of(record));
        }
        if (type.isAnnotationPresent(Shorthand.class)) {
            return shorthand(type, tree(record));
        }
        var family = family(type);
        if (family.isEmpty()) {
            return tree(record);
        }
        var name = value(Kind.name(type));
        var parameters = entries(record);
        if (parameters.isEmpty()) {
            return name;
        }
        var entries = new ArrayList<Entry>();
        entries.add(entry("kind", name));
        entries.addAll(parameters);
        return new Mapping(NOWHERE, entries);
    }

    /// The value that stands for a record, if nothing is said beside it.
    private static Yaml shorthand(Class<?> type, Mapping whole) {
        var key = type.getAnnotation(Shorthand.class).value();
        var defaults =
                Component.of(type).stream()
                        .collect(Collectors.toMap(Component::name, Component::byDefault));
        var said =
                whole.entries().stream()
                        .filter(e ->
                                !(e.value() instanceof Sequence(_, var items) && items.isEmpty()))
                        .toList();
        boolean isShort =
                said.stream()
                        .allMatch(e ->
                                e.name().equals(key)
                                        || e.value() instanceof Scalar scalar
                                                && scalar.text().equals(defaults.get(e.name())));
        return isShort ? whole.get(key).orElseThrow() : new Mapping(NOWHERE, said);
    }

    private static List<Entry> entries(Record record) {
        var entries = new ArrayList<Entry>();
        for (var component : Component.of(record.getClass())) {
            var value = component.of(record);
            if (value instanceof Optional<?> optional) {
                if (optional.isEmpty()) {
                    continue;
                }
                value = optional.get();
            }
            if (!component.isInline()) {
                entries.add(entry(component.name(), value(value)));
            } else if (value instanceof Pattern<?>) {
                entries.addAll(((Mapping) value(value)).entries());
            } else {
                entries.add(named((Record) value));
            }
        }
        if (record.getClass().isAnnotationPresent(Keyed.class)) {
            var key = ((Scalar) entries.getFirst().value()).text();
            var rest = List.copyOf(entries.subList(1, entries.size()));
            return List.of(entry(key, new Mapping(NOWHERE, rest)));
        }
        return entries;
    }

    /// A kind below its name, as it stands beside a schedule: `crash: { partitions: [P3] }`.
    public static Entry named(Record kind) {
        return Own.is(kind.getClass())
                ? entry(Own.KEY, value(kind))
                : entry(Kind.name(kind), parameters(kind));
    }

    /// What stands below the name of a kind.
    private static Yaml parameters(Record kind) {
        return kind.getClass().isAnnotationPresent(Bare.class) ? record(kind) : tree(kind);
    }

    private static Optional<Class<?>> family(Class<?> type) {
        for (var parent : type.getInterfaces()) {
            if (parent.isSealed()) {
                return Optional.of(parent);
            }
        }
        return Optional.empty();
    }

    private static Mapping mapping(Map<?, ?> map) {
        return new Mapping(
                NOWHERE,
                map.entrySet().stream()
                        .map(entry -> entry(key(entry.getKey()), value(entry.getValue())))
                        .toList());
    }

    private static String key(Object key) {
        var syntax = Syntaxes.of(key.getClass());
        return syntax == null ? (String) key : syntax.printed(key);
    }

    private static Entry entry(String key, Yaml value) {
        return new Entry(new Scalar(NOWHERE, key, Yaml.Type.TEXT), value);
    }
}
