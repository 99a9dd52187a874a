package io.faultline.scenario.format;

import static io.faultline.scenario.format.Component.argument;
import static io.faultline.scenario.format.Component.keyType;
import static io.faultline.scenario.format.Component.raw;

import io.faultline.model.Door;
import io.faultline.model.Kind;
import io.faultline.model.Shorthand;
import io.faultline.report.Quantity;
import io.faultline.scenario.format.Yaml.Entry;
import io.faultline.scenario.format.Yaml.Mapping;
import io.faultline.scenario.format.Yaml.Scalar;
import io.faultline.scenario.format.Yaml.Sequence;

import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// Makes records of a tree, component by component, and collects all that stands in the way.
///
/// It knows types of components, and no record by name.
public final class Binder {

    /// Stands for a value that could not be made; why not, has been said already.
    private static final Object FAILED = new Object();

    private final Problems problems;
    private final Scalars scalars;
    private final Bindings bindings = new Bindings();
    private final Tables tables;

    /// One that knows no files.
    public Binder(Problems problems) {
        this(problems, Optional.empty());
    }

    /// @param folder where the files are that are named in the tree
    public Binder(Problems problems, Optional<Path> folder) {
        this.problems = problems;
        this.tables = new Tables(folder, problems);
        this.scalars = new Scalars(problems);
    }

    /// Makes a record of a tree.
    ///
    /// @param label what to call the whole in error messages
    /// @return nothing if there were problems
    public <T extends Record> Optional<T> bind(Class<T> type, Yaml node, String label) {
        var value = value(type, node, "", label);
        return value == FAILED ? Optional.empty() : Optional.of(type.cast(value));
    }

    /// What has been understood.
    public Bindings bindings() {
        return bindings;
    }

    Object value(Type type, Yaml node, String path, String label) {
        if (node instanceof Scalar(var place, _, var kind) && kind == Yaml.Type.NULL) {
            problems.add(place, "'" + label + "' has no value; give it one, or leave the key out");
            return FAILED;
        }
        if (node instanceof Scalar refused && refused.type() == Yaml.Type.REFUSED) {
            return FAILED;
        }
        var value = valueOf(type, node, path, label);
        if (value != FAILED && !(value instanceof Optional)) {
            bindings.put(path, value, node.place());
        }
        return value;
    }

    private Object valueOf(Type type, Yaml node, String path, String label) {
        var raw = raw(type);
        if (raw == Optional.class) {
            var value = value(argument(type), node, path, label);
            return value == FAILED ? FAILED : Optional.of(value);
        } else if (raw == List.class) {
            return list(argument(type), node, path, label);
        } else if (raw == Map.class) {
            return map(type, node, path, label);
        } else if (raw == Pattern.class) {
            return pattern((Class<?>) argument(type), node, path, label);
        } else if (Scalars.isScalar(raw)) {
            var value = scalars.value(raw, node, label);
            return value.isPresent() ? value.get() : FAILED;
        } else if (raw.isRecord()) {
            return record(raw, node, path, label);
        } else if (raw.isAnnotationPresent(Door.class)) {
            return own(raw, node, path, label);
        } else if (raw.isSealed()) {
            return kind(raw, node, path, label);
        }
        throw new IllegalStateException("no way to write a " + type + " in a file: " + path);
    }

    private Object list(Type element, Yaml node, String path, String label) {
        if (!(node instanceof Sequence(_, var items))) {
            return wrong(
                    node,
                    label,
                    "a list",
                    Scalars.isScalar(raw(element)) || isShortScalar(raw(element))
                            ? meantAsList(node)
                            : "");
        }
        var values = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            values.add(value(element, items.get(i), path + "[" + i + "]", label + "[" + i + "]"));
        }
        return values.contains(FAILED) ? FAILED : Collections.unmodifiableList(values);
    }

    private static String meantAsList(Yaml node) {
        return node instanceof Scalar scalar ? " — did you mean '[" + scalar.text() + "]'?" : "";
    }

    private Object map(Type type, Yaml node, String path, String label) {
        if (!(node instanceof Mapping(_, var entries))) {
            return wrong(node, label, "a mapping");
        }
        var values = new LinkedHashMap<Object, Object>();
        for (var entry : entries) {
            var below = below(path, entry.name());
            var key = key(keyType(type), entry, label);
            values.put(key, value(argument(type), entry.value(), below, entry.name()));
            if (key != FAILED) {
                bindings.put(below + "#key", key, entry.key().place());
            }
        }
        return values.containsValue(FAILED) || values.containsKey(FAILED)
                ? FAILED
                : Collections.unmodifiableMap(values);
    }

    private Object key(Class<?> type, Entry entry, String label) {
        if (type == String.class) {
            return entry.name(); // whatever it looks like
        }
        var key = scalars.value(type, entry.key(), label);
        return key.isPresent() ? key.get() : FAILED;
    }

    /// One of a sealed family, told by the key `kind`, or by its name alone if that is all there is
    /// to say.
    private Object kind(Class<?> family, Yaml node, String path, String label) {
        return switch (node) {
            case Scalar alone -> {
                var nothing = new Mapping(alone.place(), List.of());
                yield kind(family, alone, nothing, label, path);
            }
            case Mapping mapping when isOwn(family, mapping) -> own(family, node, path, label);
            case Mapping mapping -> {
                var given = mapping.get("kind");
                if (given.isEmpty()) {
                    problems.add(
                            node.place(),
                            "'%s' needs 'kind'; known: %s"
                                    .formatted(label, Names.listed(Names.kinds(family).keySet())));
                    yield FAILED;
                }
                var rest =
                        mapping.entries().stream()
                                .filter(entry -> !entry.name().equals("kind"))
                                .toList();
                yield kind(family, given.get(), new Mapping(node.place(), rest), "kind", path);
            }
            default -> wrong(node, label, "a mapping");
        };
    }

    private static boolean isOwn(Class<?> family, Mapping mapping) {
        return mapping.get(Own.CLASS).isPresent() && !Own.doors(family).isEmpty();
    }

    /// A kind that is no part of this program, told by the key `class`.
    private Object own(Class<?> family, Yaml node, String path, String label) {
        return ownKind(family, node, label)
                .<Object>map(found -> record(found.kind(), found.parameters(), path, found.name()))
                .orElse(FAILED);
    }

    /// A class and what it is given.
    private record OwnKind(Class<?> kind, String name, Mapping parameters) {}

    private Optional<OwnKind> ownKind(Class<?> family, Yaml node, String label) {
        if (!(node instanceof Mapping mapping)) {
            wrong(node, label, "a mapping");
            return Optional.empty();
        }
        var given = mapping.get(Own.CLASS);
        if (given.isEmpty()) {
            problems.add(
                    node.place(), "'" + label + "' needs 'class', the full name of one of yours");
            return Optional.empty();
        }
        var name = scalars.value(String.class, given.get(), Own.CLASS);
        if (name.isEmpty()) {
            return Optional.empty();
        }
        try {
            var kind = Own.find(family, (String) name.get());
            var rest =
                    mapping.entries().stream()
                            .filter(entry -> !entry.name().equals(Own.CLASS))
                            .toList();
            var parameters = new Mapping(mapping.place(), rest);
            return Optional.of(new OwnKind(kind, (String) name.get(), parameters));
        } catch (IllegalArgumentException e) {
            problems.add(given.get().place(), e.getMessage());
            return Optional.empty();
        }
    }

    /// The kind of that name with these parameters.
    ///
    /// @param noun what the name is the name of, for messages
    private Object kind(Class<?> family, Yaml given, Mapping parameters, String noun, String path) {
        var kinds = Names.kinds(family);
        var name = scalars.value(String.class, given, noun);
        if (name.isEmpty()) {
            return FAILED;
        }
        var kind = kinds.get(name.get());
        if (kind == null) {
            unknown(noun, (String) name.get(), given.place(), kinds.keySet());
            return FAILED;
        }
        return record(kind, parameters, path, (String) name.get());
    }

    private Object record(Class<?> type, Yaml node, String path, String label) {
        var components = Component.of(type);
        if (type.isAnnotationPresent(Bare.class)) {
            var value = value(components.getFirst().type(), node, path, label);
            return made(type, new Object[] {value}, node, label);
        }
        if (isShort(type, node)) {
            var key =
                    new Scalar(
                            node.place(),
                            type.getAnnotation(Shorthand.class).value(),
                            Yaml.Type.TEXT);
            var whole = new Mapping(node.place(), List.of(new Entry(key, node)));
            return components(type, components, whole, path, label, List.of());
        }
        if (!(node instanceof Mapping mapping)) {
            if (isShortScalar(type)) {
                return wrong(node, label, "text or a mapping");
            }
            return type.isAnnotationPresent(Shorthand.class)
                    ? wrong(node, label, "a list or a mapping", meantAsList(node))
                    : wrong(node, label, "a mapping");
        }
        if (type.isAnnotationPresent(Keyed.class)) {
            return keyed(type, components, mapping, path, label);
        }
        return components(type, components, mapping, path, label, List.of());
    }

    /// Whether a node is the one value that may stand for a record.
    private static boolean isShort(Class<?> type, Yaml node) {
        return type.isAnnotationPresent(Shorthand.class)
                && (node instanceof Sequence && !isShortScalar(type)
                        || node instanceof Scalar && isShortScalar(type));
    }

    private static boolean isShortScalar(Class<?> type) {
        return type.isAnnotationPresent(Shorthand.class)
                && Component.of(type).stream()
                        .filter(c -> c.name().equals(type.getAnnotation(Shorthand.class).value()))
                        .anyMatch(c -> Scalars.isScalar(raw(c.type())));
    }

    private Object keyed(
            Class<?> type, List<Component> components, Mapping mapping, String path, String label) {
        if (mapping.entries().size() != 1) {
            problems.add(
                    mapping.place(),
                    "an entry of '%s' has exactly one key; this has %s"
                            .formatted(
                                    label,
                                    Names.listed(
                                            mapping.entries().stream().map(Entry::name).toList())));
            return FAILED;
        }
        var entry = mapping.entries().getFirst();
        if (!(entry.value() instanceof Mapping below)) {
            return wrong(entry.value(), entry.name(), "a mapping");
        }
        bindings.put(path + "#key", entry.name(), entry.key().place());
        var rest = components.subList(1, components.size());
        return components(
                type, rest, below, below(path, entry.name()), entry.name(), List.of(entry.name()));
    }

    /// Binds components from the keys of a mapping and makes the record.
    ///
    /// @param first values of the components that come before these
    private Object components(
            Class<?> type,
            List<Component> components,
            Mapping mapping,
            String path,
            String label,
            List<Object> first) {
        boolean known = knowsKeys(components, mapping, label);
        var values = new ArrayList<>(first);
        for (var component : components) {
            values.add(
                    component.isInline()
                            ? inline(
                                    component.type(),
                                    component.family(),
                                    mapping,
                                    path,
                                    label,
                                    components)
                            : component(component, mapping, path, label, components));
        }
        // Whoever meant a key that is not known would only be confused by what its absence means.
        return known ? made(type, values.toArray(), mapping, label) : FAILED;
    }

    /// The list that is in the file which the mapping names instead, if it does.
    private Optional<Object> table(Component component, Mapping mapping, String path) {
        if (component.table().isEmpty() || mapping.get(component.table()).isEmpty()) {
            return Optional.empty();
        }
        var named = mapping.get(component.table()).get();
        if (mapping.get(component.name()).isPresent()) {
            problems.add(
                    named.place(),
                    "give '%s' or '%s', not both".formatted(component.name(), component.table()));
            return Optional.of(FAILED);
        }
        if (!(named instanceof Scalar file)) {
            return Optional.of(wrong(named, component.table(), "the name of a file"));
        }
        return Optional.of(
                tables.read(file, raw(argument(component.type())))
                        .map(list ->
                                value(
                                        component.type(),
                                        list,
                                        below(path, component.name()),
                                        component.name()))
                        .orElse(FAILED));
    }

    private Object component(
            Component component,
            Mapping mapping,
            String path,
            String label,
            List<Component> beside) {
        var name = component.name();
        var table = table(component, mapping, path);
        if (table.isPresent()) {
            return table.get();
        }
        var given = mapping.get(name);
        if (given.isPresent()) {
            return value(component.type(), given.get(), below(path, name), name);
        } else if (!component.byDefault().isEmpty()) {
            var standard = standard(component, mapping.place());
            return value(component.type(), standard, below(path, name), name);
        } else if (component.mayBeAbsent()) {
            return absent(raw(component.type()));
        }
        if (isMisspelt(name, mapping, keys(beside))) {
            return FAILED;
        }
        var why = component.description().isEmpty() ? "" : ": " + component.description();
        problems.add(mapping.place(), "'" + label + "' needs '" + name + "'" + why);
        return FAILED;
    }

    /// The value of a component that a file leaves out; nothing if a file must not.
    static Optional<Object> absent(Component component) {
        if (component.byDefault().isEmpty()) {
            return component.mayBeAbsent()
                    ? Optional.of(absent(raw(component.type())))
                    : Optional.empty();
        }
        var standard = standard(component, Place.whole(""));
        return Optional.of(
                new Binder(new Problems()).value(component.type(), standard, "", component.name()));
    }

    /// Whether a key that nobody knows is likely to stand for this one.
    private static boolean isMisspelt(String key, Mapping mapping, Set<String> keys) {
        return mapping.entries().stream()
                .map(Entry::name)
                .anyMatch(name -> !keys.contains(name) && key.equals(Names.nearest(name, keys)));
    }

    private static Object absent(Class<?> type) {
        return type == Optional.class
                ? Optional.empty()
                : type == List.class ? List.of() : Map.of();
    }

    /// The default of a component as a tree, in place of what the mapping does not say.
    private static Yaml standard(Component component, Place place) {
        var text = component.byDefault();
        return switch (text.charAt(0)) {
            case '{', '[' -> YamlReader.standard(text).at(place);
            default -> new Scalar(place, text, YamlReader.typeOf(text));
        };
    }

    /// One of a family, told by a key of the mapping itself.
    private Object inline(
            Type type,
            String family,
            Mapping mapping,
            String path,
            String label,
            List<Component> beside) {
        var kinds = kinds(type);
        var found = mapping.entries().stream().filter(e -> kinds.containsKey(e.name())).toList();
        if (found.isEmpty()) {
            // A key that has been taken for a misspelt one is the one thing to say.
            if (mapping.entries().stream().noneMatch(e -> stands(e, mapping, beside, family))) {
                problems.add(
                        mapping.place(),
                        "no %s; one of these is needed: %s"
                                .formatted(family, Names.listed(kinds.keySet())));
            }
            return FAILED;
        }
        if (found.size() > 1) {
            var names = found.stream().map(Entry::name).toList();
            problems.add(
                    found.get(1).key().place(),
                    "an entry has one %s, but this has %s; make it %d entries"
                            .formatted(family, String.join(" and ", names), names.size()));
            return FAILED;
        }
        var entry = found.getFirst();
        var kind = kinds.get(entry.name());
        var below = below(path, entry.name());
        if (raw(type) == Pattern.class) {
            return pattern(kind, entry, below);
        }
        return value(kind, entry.value(), below, entry.name());
    }

    private static SequencedMap<String, Class<?>> kinds(Type type) {
        return Names.keys(raw(type) == Pattern.class ? (Class<?>) argument(type) : raw(type));
    }

    /// A pattern that stands alone: a mapping with one key.
    private Object pattern(Class<?> family, Yaml node, String path, String label) {
        if (!(node instanceof Mapping(var place, var entries))) {
            return wrong(node, label, "a mapping");
        }
        if (entries.size() != 1) {
            problems.add(
                    place,
                    "'%s' takes one observation, but this has %s"
                            .formatted(label, Quantity.count(entries.size(), "key")));
            return FAILED;
        }
        var entry = entries.getFirst();
        var kinds = Names.keys(family);
        var kind = kinds.get(entry.name());
        if (kind == null) {
            unknown("observation", entry.name(), entry.key().place(), kinds.keySet());
            return FAILED;
        }
        return pattern(kind, entry, path + "." + entry.name());
    }

    private Object pattern(Class<?> kind, Entry entry, String path) {
        if (kind.isAnnotationPresent(Door.class)) {
            return ownKind(kind, entry.value(), entry.name())
                    .map(own -> {
                        var name = new Scalar(entry.key().place(), own.name(), Yaml.Type.TEXT);
                        return pattern(own.kind(), new Entry(name, own.parameters()), path);
                    })
                    .orElse(FAILED);
        }
        if (!(entry.value() instanceof Mapping(_, var entries))) {
            return wrong(entry.value(), entry.name(), "a mapping");
        }
        var values = new LinkedHashMap<String, Object>();
        var names = new LinkedHashMap<String, Component>();
        Component.of(kind).forEach(component -> names.put(Kind.kebab(component.name()), component));
        for (var given : entries) {
            var component = names.get(given.name());
            if (component == null) {
                problems.add(
                        given.key().place(),
                        "%s has no '%s'; it has %s%s"
                                .formatted(
                                        entry.name(),
                                        given.name(),
                                        Names.listed(names.keySet()),
                                        Names.hint(given.name(), names.keySet())));
                values.put(given.name(), FAILED);
            } else {
                var below = below(path, given.name());
                values.put(
                        given.name(), value(component.type(), given.value(), below, given.name()));
            }
        }
        if (values.containsValue(FAILED)) {
            return FAILED;
        }
        var pattern = new Pattern<>(kind, values);
        bindings.put(path, pattern, entry.key().place());
        return pattern;
    }

    /// Whether all keys of a mapping are known; complains of the others.
    private boolean knowsKeys(List<Component> components, Mapping mapping, String label) {
        var keys = keys(components);
        boolean known = true;
        for (var entry : mapping.entries()) {
            if (keys.contains(entry.name())) {
                continue;
            }
            known = false;
            var meant = meant(entry, mapping, components);
            if (meant.size() == 1) {
                var family = meant.iterator().next();
                unknown(family, entry.name(), entry.key().place(), kindsOf(family, components));
            } else {
                problems.add(
                        entry.key().place(),
                        entry.name().equals("<<")
                                ? "unknown key '<<'; YAML 1.2 has no merge keys"
                                : "unknown key '%s'; '%s' takes %s%s"
                                        .formatted(
                                                entry.name(),
                                                label,
                                                Names.listed(keys),
                                                Names.hint(entry.name(), keys)));
            }
        }
        return known;
    }

    private static boolean stands(
            Entry entry, Mapping mapping, List<Component> beside, String family) {
        return !keys(beside).contains(entry.name())
                && meant(entry, mapping, beside).equals(Set.of(family));
    }

    /// The family that an unknown key is likely to be a member of: the one that it resembles, or
    /// the only one that the mapping lacks.
    private static Set<String> meant(Entry unknown, Mapping mapping, List<Component> components) {
        var lacking = new LinkedHashSet<String>();
        var resembled = new LinkedHashSet<String>();
        for (var component : components) {
            if (component.isInline()) {
                var kinds = kinds(component.type()).keySet();
                if (mapping.entries().stream().noneMatch(e -> kinds.contains(e.name()))) {
                    lacking.add(component.family());
                    if (Names.nearest(unknown.name(), kinds) != null) {
                        resembled.add(component.family());
                    }
                }
            }
        }
        boolean resemblesKey =
                Names.nearest(
                                unknown.name(),
                                components.stream()
                                        .filter(component -> !component.isInline())
                                        .map(Component::name)
                                        .toList())
                        != null;
        return !resembled.isEmpty() ? resembled : resemblesKey ? Set.of() : lacking;
    }

    private static Collection<String> kindsOf(String family, List<Component> components) {
        return components.stream()
                .filter(component -> component.family().equals(family))
                .flatMap(component -> kinds(component.type()).keySet().stream())
                .toList();
    }

    /// The keys that a mapping may have.
    private static Set<String> keys(List<Component> components) {
        var keys = new LinkedHashSet<String>();
        for (var component : components) {
            if (component.isInline()) {
                keys.addAll(kinds(component.type()).keySet());
            } else {
                keys.add(component.name());
                if (!component.table().isEmpty()) {
                    keys.add(component.table());
                }
            }
        }
        return keys;
    }

    private Object made(Class<?> type, Object[] values, Yaml node, String label) {
        if (Arrays.asList(values).contains(FAILED)) {
            return FAILED;
        }
        try {
            return Component.make(type, values);
        } catch (IllegalArgumentException e) {
            var message = String.valueOf(e.getMessage());
            problems.add(
                    culprit(type, node, message),
                    message.startsWith(label) ? message : label + ": " + message);
            return FAILED;
        }
    }

    /// The value that a message is about, if it names exactly one of those given; else the whole.
    private static Place culprit(Class<?> type, Yaml node, String message) {
        if (!(node instanceof Mapping mapping)) {
            return node.place();
        }
        var words = List.of(message.split("[^\\p{Alnum}]+"));
        var named =
                Component.of(type).stream().map(Component::name).filter(words::contains).toList();
        return named.size() == 1
                ? mapping.get(named.getFirst()).map(Yaml::place).orElse(mapping.place())
                : mapping.place();
    }

    private void unknown(String what, String word, Place place, Collection<String> known) {
        problems.add(place, "unknown %s '%s'%s".formatted(what, word, Names.known(word, known)));
    }

    private Object wrong(Yaml node, String label, String wanted) {
        return wrong(node, label, wanted, "");
    }

    private Object wrong(Yaml node, String label, String wanted, String hint) {
        problems.add(node.place(), Scalars.mismatch(node, label, wanted) + hint);
        return FAILED;
    }

    private static String below(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
