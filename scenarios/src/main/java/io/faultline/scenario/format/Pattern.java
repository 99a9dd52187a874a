package io.faultline.scenario.format;

import io.faultline.model.Kind;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Some of the components of one kind of record, with the values that they shall have; written
/// `status-changed: { partition: P1, to: failed }`.
///
/// @param <T> the sealed family that the kind belongs to
/// @param kind the kind, one of the records that the family permits
/// @param values by name of the component, in kebab-case; the components that are left out may have
///   any value
public record Pattern<T>(Class<? extends T> kind, Map<String, Object> values) {

    public Pattern {
        var ordered = new LinkedHashMap<String, Object>();
        for (var component : Component.of(kind)) {
            var name = Kind.kebab(component.name());
            if (values.containsKey(name)) {
                ordered.put(name, values.get(name));
            }
        }
        if (ordered.size() < values.size()) {
            throw new IllegalArgumentException(
                    Kind.name(kind) + " does not have all of " + values.keySet());
        }
        values = Collections.unmodifiableMap(ordered);
    }

    /// Whether `what` is of this kind and has these values.
    public boolean matches(Object what) {
        return kind.isInstance(what) && agreements(what) == values.size();
    }

    /// How many of the values a record of this kind has.
    public long agreements(Object what) {
        return Component.of(kind).stream()
                .filter(component -> values.containsKey(Kind.kebab(component.name())))
                .filter(component ->
                        component.of(what).equals(values.get(Kind.kebab(component.name()))))
                .count();
    }

    /// A record as a pattern of this kind would have to be written to match it, as far as the
    /// components go that this pattern names; with all of them if it names none.
    public String asSeenIn(Object what) {
        return described(what, values.isEmpty() ? null : values.keySet());
    }

    /// The name of the kind in files.
    public String name() {
        return Kind.name(kind);
    }

    @Override
    public String toString() {
        return values.isEmpty() ? name() : name() + " " + Unbinder.inline(values);
    }

    private static String described(Object what, Set<String> components) {
        var values =
                Component.of(what.getClass()).stream()
                        .filter(c ->
                                components == null || components.contains(Kind.kebab(c.name())))
                        .collect(
                                Collectors.toMap(
                                        c -> Kind.kebab(c.name()),
                                        c -> c.of(what),
                                        (a, b) -> a,
                                        LinkedHashMap::new));
        return values.isEmpty()
                ? Kind.name(what.getClass())
                : Kind.name(what.getClass()) + " " + Unbinder.inline(values);
    }
}
