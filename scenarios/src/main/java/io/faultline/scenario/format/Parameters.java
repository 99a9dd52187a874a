package io.faultline.scenario.format;

import io.faultline.scenario.format.Yaml.Entry;
import io.faultline.scenario.format.Yaml.Mapping;
import io.faultline.scenario.format.Yaml.Scalar;
import io.faultline.scenario.format.Yaml.Sequence;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Values that a file names once and refers to elsewhere: `$name` or `$(name)` stands for the
/// value, alone or inside a text; `$$` is a dollar sign.
public final class Parameters {
    private final Map<String, Entry> parameters = new LinkedHashMap<>();
    private final Set<String> used = new HashSet<>();
    private final Problems problems;

    private Parameters(Problems problems) {
        this.problems = problems;
    }

    /// Puts values in place of references.
    ///
    /// @param key the key of the mapping that holds the parameters
    /// @param taken names that a parameter cannot have
    public static Mapping fill(Mapping root, String key, List<String> taken, Problems problems) {
        var parameters = new Parameters(problems);
        parameters.declare(root, key, taken);
        var filled =
                root.entries().stream()
                        .map(e -> e.name().equals(key) ? e : parameters.fill(e))
                        .toList();
        parameters.refuseUnused();
        return new Mapping(root.place(), filled);
    }

    /// Makes sure that no text of a tree is taken for a reference: the inverse of [#fill], if there
    /// are no parameters.
    public static Mapping protect(Mapping root) {
        return (Mapping) protect((Yaml) root);
    }

    /// As [#protect(Mapping)], for a part of a tree.
    public static Yaml protect(Yaml node) {
        return switch (node) {
            case Scalar(var place, var text, var type) ->
                    new Scalar(place, text.replace("$", "$$"), type);
            case Sequence(var place, var items) ->
                    new Sequence(place, items.stream().map(Parameters::protect).toList());
            case Mapping(var place, var entries) ->
                    new Mapping(
                            place,
                            entries.stream()
                                    .map(e -> new Entry(e.key(), protect(e.value())))
                                    .toList());
        };
    }

    private void declare(Mapping root, String key, List<String> taken) {
        if (!(root.get(key).orElse(null) instanceof Mapping declared)) {
            return;
        }
        for (var entry : declared.entries()) {
            var place = entry.key().place();
            if (!isName(entry.name())) {
                problems.add(
                        place,
                        "'%s' is no name for a parameter; it may have letters, digits and _"
                                .formatted(entry.name()));
                used.add(entry.name());
            } else if (taken.contains(entry.name())) {
                problems.add(
                        place,
                        "a parameter cannot be called '%s'; that is the name of a setting"
                                .formatted(entry.name()));
                used.add(entry.name());
            }
            if (entry.value() instanceof Scalar value && value.text().contains("$")) {
                problems.add(value.place(), "a parameter cannot refer to another");
                parameters.put(entry.name(), new Entry(entry.key(), refused(value)));
            } else {
                parameters.put(entry.name(), entry);
            }
        }
    }

    private void refuseUnused() {
        parameters.forEach((name, entry) -> {
            if (!used.contains(name)) {
                problems.add(
                        entry.key().place(),
                        "parameter '%s' is never used; refer to it by $%s, or remove it"
                                .formatted(name, name));
            }
        });
    }

    private Entry fill(Entry entry) {
        return new Entry(entry.key(), fill(entry.value()));
    }

    private Yaml fill(Yaml node) {
        return switch (node) {
            case Scalar scalar -> scalar.text().contains("$") ? fill(scalar) : scalar;
            case Sequence(var place, var items) ->
                    new Sequence(place, items.stream().map(this::fill).toList());
            case Mapping(var place, var entries) ->
                    new Mapping(place, entries.stream().map(this::fill).toList());
        };
    }

    private Scalar fill(Scalar scalar) {
        var text = scalar.text();
        var filled = new StringBuilder();
        var place = scalar.place();
        int at = 0;
        for (int dollar = text.indexOf('$'); dollar >= 0; dollar = text.indexOf('$', at)) {
            filled.append(text, at, dollar);
            boolean bracket = text.startsWith("(", dollar + 1);
            int from = dollar + (bracket ? 2 : 1);
            int to = from;
            while (to < text.length() && isNamePart(text.charAt(to), to == from)) {
                to++;
            }
            if (text.startsWith("$$", dollar)
                    || to == from
                    || bracket && !text.startsWith(")", to)) {
                if (isBraced(scalar, dollar)) {
                    return refused(scalar);
                }
                filled.append('$');
                at = dollar + (text.startsWith("$$", dollar) ? 2 : 1);
                continue;
            }
            at = bracket ? to + 1 : to;
            var value = value(scalar, text.substring(from, to));
            if (value == null) {
                return refused(scalar);
            }
            place = place.noted("parameter '" + text.substring(from, to) + "'");
            if (dollar == 0 && at == text.length()) {
                return new Scalar(place, value.text(), value.type());
            }
            filled.append(value.text());
        }
        return new Scalar(place, filled.append(text.substring(at)).toString(), scalar.type());
    }

    /// The value of a parameter, or null if there is none, which is said.
    private Scalar value(Scalar reference, String name) {
        used.add(name);
        var entry = parameters.get(name);
        if (entry == null) {
            problems.add(
                    reference.place(),
                    "unknown parameter '%s'%s"
                            .formatted(name, Names.known(name, parameters.keySet())));
            return null;
        }
        // Anything else is reported where the parameter is declared.
        return entry.value() instanceof Scalar value && value.type() != Yaml.Type.REFUSED
                ? value
                : null;
    }

    private static Scalar refused(Scalar scalar) {
        return new Scalar(scalar.place(), scalar.text(), Yaml.Type.REFUSED);
    }

    private boolean isBraced(Scalar scalar, int dollar) {
        var text = scalar.text();
        int end = text.indexOf('}', dollar);
        if (!text.startsWith("${", dollar) || end < 0) {
            return false;
        }
        var name = text.substring(dollar + 2, end);
        used.add(name);
        problems.add(
                scalar.place(),
                "'${%s}' is no reference; braces belong to YAML — did you mean '$%s'?"
                        .formatted(name, name));
        return true;
    }

    private static boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (!isNamePart(name.charAt(i), i == 0)) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static boolean isNamePart(char c, boolean first) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c == '_'
                || !first && c >= '0' && c <= '9';
    }

    /// The names of the parameters of a file.
    static List<String> names(Mapping root, String key) {
        return root.get(key).orElse(null) instanceof Mapping(_, var entries)
                ? entries.stream().map(Entry::name).toList()
                : List.of();
    }
}
