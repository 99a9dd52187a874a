package io.faultline.scenario.format;

import io.faultline.scenario.format.Yaml.Entry;
import io.faultline.scenario.format.Yaml.Mapping;
import io.faultline.scenario.format.Yaml.Scalar;
import io.faultline.scenario.format.Yaml.Sequence;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Settings from the command line, put into the tree of a file before anything is made of it, so
/// that they meet the same errors: `--set protocol.detector.suspect=3s`, `--set faults[0].at=4s`.
///
/// A key that is not there yet is added. A key with dots of its own is found if it is there;
/// otherwise it has to be in quotes.
public final class Overrides {

    /// A step of a path: a key, or the index of a list's entry.
    private sealed interface Step {
        record Key(String name) implements Step {}

        record Index(int index) implements Step {}
    }

    private final Place place;
    private final Problems problems;

    private Overrides(Place place, Problems problems) {
        this.place = place;
        this.problems = problems;
    }

    /// Puts settings into a tree.
    ///
    /// @param sets values by path; a path that is nothing but the name of a parameter means that
    ///   one
    /// @param parameters the key of the mapping that holds the parameters
    /// @param keys the keys of the top level
    public static Mapping apply(
            Mapping root,
            Map<String, String> sets,
            String parameters,
            List<String> keys,
            Problems problems) {
        var changed = root;
        for (var set : sets.entrySet()) {
            var path = set.getKey().strip();
            var place = Place.whole("--set " + path + "=" + set.getValue());
            var value = new Overrides(place, problems).value(set.getValue());
            changed = put(changed, path, value, place, parameters, keys, problems);
        }
        return changed;
    }

    /// Puts one value into a tree.
    ///
    /// @param value nothing is done if this is null
    /// @param place what to call the whole in complaints
    public static Mapping put(
            Mapping root,
            String path,
            Yaml value,
            Place place,
            String parameters,
            List<String> keys,
            Problems problems) {
        var names = Parameters.names(root, parameters);
        var whole = names.contains(path) ? parameters + "." + path : path;
        if (!whole.contains(".") && !whole.contains("[") && !keys.contains(whole)) {
            var known = new ArrayList<>(keys);
            known.addAll(names);
            problems.add(place, "unknown setting '%s'%s".formatted(path, Names.known(path, known)));
            return root;
        }
        var overrides = new Overrides(place, problems);
        var steps = overrides.steps(whole);
        return steps.isEmpty() || value == null
                ? root
                : (Mapping) overrides.put(root, steps, value, "");
    }

    /// What stands behind the equals sign is YAML too; null if it is not.
    private Yaml value(String text) {
        if (text.isBlank()) {
            return new Scalar(place, "", Yaml.Type.NULL);
        }
        var own = new Problems();
        var read = YamlReader.read(place.file(), text, own);
        own.sorted().forEach(problem -> problems.add(place, problem.message()));
        return read.map(this::placed).orElse(null);
    }

    /// Lines and columns within an option are of no use to anybody.
    private Yaml placed(Yaml node) {
        return switch (node) {
            case Scalar(_, var text, var type) -> new Scalar(place, text, type);
            case Sequence(_, var items) ->
                    new Sequence(place, items.stream().map(this::placed).toList());
            case Mapping(_, var entries) ->
                    new Mapping(
                            place,
                            entries.stream()
                                    .map(e -> new Entry(key(e.name()), placed(e.value())))
                                    .toList());
        };
    }

    private Yaml put(Yaml node, List<Step> steps, Yaml value, String path) {
        if (steps.isEmpty()) {
            return value;
        }
        return switch (node) {
            case Mapping mapping when steps.getFirst() instanceof Step.Key ->
                    putInto(mapping, steps, value, path);
            case Sequence list when steps.getFirst() instanceof Step.Index(int index) ->
                    putInto(list, index, steps, value, path);
            case Scalar scalar
                    when scalar.type() == Yaml.Type.NULL && steps.getFirst() instanceof Step.Key ->
                    putInto(new Mapping(place, List.of()), steps, value, path);
            case Sequence list ->
                    refuse(
                            node,
                            "'%s' is a list; say which entry: %s"
                                    .formatted(
                                            path,
                                            list.items().isEmpty() ? "it is empty" : path + "[0]"));
            case Mapping _ -> refuse(node, "'%s' is a mapping, and has no numbers".formatted(path));
            case Scalar _ ->
                    refuse(node, "'%s' is a single value; nothing is inside".formatted(path));
        };
    }

    private Yaml putInto(Mapping mapping, List<Step> steps, Yaml value, String path) {
        int taken = 1;
        var name = ((Step.Key) steps.getFirst()).name();
        var joined = name;
        for (int i = 1; i < steps.size() && steps.get(i) instanceof Step.Key(var next); i++) {
            joined += "." + next;
            if (mapping.get(joined).isPresent()) {
                name = joined;
                taken = i + 1;
            }
        }
        var rest = steps.subList(taken, steps.size());
        var below = path.isEmpty() ? name : path + "." + name;
        var entries = new ArrayList<Entry>();
        for (var entry : mapping.entries()) {
            entries.add(
                    entry.name().equals(name)
                            ? new Entry(entry.key(), put(entry.value(), rest, value, below))
                            : entry);
        }
        if (mapping.get(name).isEmpty()) {
            var empty = new Mapping(place, List.of());
            entries.add(new Entry(key(name), put(empty, rest, value, below)));
        }
        return new Mapping(mapping.place(), entries);
    }

    private Yaml putInto(Sequence list, int index, List<Step> steps, Yaml value, String path) {
        int size = list.items().size();
        if (index >= size) {
            return refuse(
                    list,
                    "'%s' has %d %s, counted from 0; there is no [%d]"
                            .formatted(path, size, size == 1 ? "entry" : "entries", index));
        }
        var items = new ArrayList<>(list.items());
        var below = path + "[" + index + "]";
        items.set(index, put(items.get(index), steps.subList(1, steps.size()), value, below));
        return new Sequence(list.place(), items);
    }

    private Yaml refuse(Yaml node, String message) {
        problems.add(place, message);
        return node;
    }

    private Scalar key(String name) {
        return new Scalar(place, name, Yaml.Type.TEXT);
    }

    /// The steps of a path; none if it is not well formed, which is said.
    private List<Step> steps(String path) {
        var steps = new ArrayList<Step>();
        int at = 0;
        while (at < path.length()) {
            char c = path.charAt(at);
            int end = c == '[' ? path.indexOf(']', at) : c == '"' ? path.indexOf('"', at + 1) : at;
            if (c == '[' && isIndex(path, at + 1, end)) {
                steps.add(new Step.Index(Integer.parseInt(path.substring(at + 1, end))));
                at = end + 1;
            } else if (c == '"' && end > at) {
                steps.add(new Step.Key(path.substring(at + 1, end)));
                at = end + 1;
            } else {
                while (end < path.length() && ".[]\"".indexOf(path.charAt(end)) < 0) {
                    end++;
                }
                if (end <= at) {
                    return malformed(path);
                }
                steps.add(new Step.Key(path.substring(at, end)));
                at = end;
            }
            if (at < path.length() && path.charAt(at) == '.') {
                at++;
                if (at == path.length()) {
                    return malformed(path);
                }
            } else if (at < path.length() && path.charAt(at) != '[') {
                return malformed(path);
            }
        }
        return steps.isEmpty() ? malformed(path) : steps;
    }

    private static boolean isIndex(String path, int from, int to) {
        return to > from
                && to - from < 7
                && path.substring(from, to).chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private List<Step> malformed(String path) {
        problems.add(
                place,
                "'%s' is no path; write keys with dots, and indices in brackets: faults[0].at"
                        .formatted(path));
        return List.of();
    }
}
