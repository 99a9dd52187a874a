package io.faultline.scenario.campaign;

import io.faultline.scenario.format.Place;
import io.faultline.scenario.format.Problems;
import io.faultline.scenario.format.Yaml;
import io.faultline.scenario.format.Yaml.Entry;
import io.faultline.scenario.format.Yaml.Mapping;
import io.faultline.scenario.format.Yaml.Scalar;
import io.faultline.scenario.format.Yaml.Sequence;
import io.faultline.scenario.format.YamlReader;
import io.faultline.scenario.format.YamlWriter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A scenario file as a tree in which anything can be changed, whatever it means.
///
/// @param root the top level
record Draft(Mapping root) {

    private static final Place NOWHERE = Place.whole("");

    /// A place in the tree: keys, and positions in lists.
    record Path(List<Object> steps) {

        Path {
            steps = List.copyOf(steps);
        }

        static Path of(Object... steps) {
            return new Path(List.of(steps));
        }

        Path then(Object step) {
            var longer = new ArrayList<>(steps);
            longer.add(step);
            return new Path(longer);
        }

        boolean isBelow(String key) {
            return !steps.isEmpty() && steps.getFirst().equals(key);
        }

        @Override
        public String toString() {
            return steps.stream()
                    .map(step -> step instanceof Integer ? "[" + step + "]" : "." + step)
                    .collect(Collectors.joining())
                    .replaceFirst("^\\.", "");
        }
    }

    /// Reads a file that is known to be right.
    static Draft of(String text) {
        return new Draft((Mapping) YamlReader.read("", text, new Problems()).orElseThrow());
    }

    String yaml() {
        return YamlWriter.write(root);
    }

    /// What is at a place.
    Optional<Yaml> at(Path path) {
        Optional<Yaml> at = Optional.of(root);
        for (var step : path.steps()) {
            at = at.flatMap(node -> child(node, step));
        }
        return at;
    }

    private static Optional<Yaml> child(Yaml node, Object step) {
        return switch (node) {
            case Mapping mapping when step instanceof String key -> mapping.get(key);
            case Sequence(_, var items) when step instanceof Integer i && i < items.size() ->
                    Optional.of(items.get(i));
            default -> Optional.empty();
        };
    }

    /// The text at a place, if it is a scalar.
    Optional<String> text(Path path) {
        return at(path).filter(Scalar.class::isInstance).map(scalar -> ((Scalar) scalar).text());
    }

    /// How many entries the list at a place has; 0 if there is none.
    int size(Path path) {
        return at(path).filter(Sequence.class::isInstance)
                .map(list -> ((Sequence) list).items().size())
                .orElse(0);
    }

    /// Every place that has something, those that contain others before them.
    List<Path> paths() {
        var paths = new ArrayList<Path>();
        collect(root, Path.of(), paths);
        return paths;
    }

    private static void collect(Yaml node, Path path, List<Path> paths) {
        switch (node) {
            case Scalar _ -> {}
            case Mapping mapping ->
                    mapping.entries()
                            .forEach(entry -> {
                                var below = path.then(entry.name());
                                paths.add(below);
                                collect(entry.value(), below, paths);
                            });
            case Sequence(_, var items) -> {
                for (int i = 0; i < items.size(); i++) {
                    paths.add(path.then(i));
                    collect(items.get(i), path.then(i), paths);
                }
            }
        }
    }

    /// The same with another text at a place where there is a scalar.
    Draft with(Path path, String text) {
        return changed(path, old -> new Scalar(NOWHERE, text, ((Scalar) old).type()));
    }

    /// The same with a list of texts at a place where there is something else.
    Draft withList(Path path, List<String> texts) {
        return changed(
                path,
                _ ->
                        new Sequence(
                                NOWHERE,
                                texts.stream()
                                        .<Yaml>map(
                                                text -> new Scalar(NOWHERE, text, Yaml.Type.TEXT))
                                        .toList()));
    }

    /// The same with an entry first in a mapping, in place of some others.
    Draft withEntry(Path path, String key, String text, Set<String> instead) {
        return changed(
                path,
                node -> {
                    var entries = new ArrayList<Entry>();
                    entries.add(
                            new Entry(
                                    new Scalar(NOWHERE, key, Yaml.Type.TEXT),
                                    new Scalar(NOWHERE, text, Yaml.Type.TEXT)));
                    ((Mapping) node)
                            .entries().stream()
                                    .filter(e -> !instead.contains(e.name()))
                                    .forEach(entries::add);
                    return new Mapping(((Mapping) node).place(), entries);
                });
    }

    /// The same without what is at a place.
    Draft without(Path path) {
        var last = path.steps().getLast();
        var parent = new Path(path.steps().subList(0, path.steps().size() - 1));
        if (last instanceof Integer index) {
            return without(parent, index, index + 1);
        }
        return changed(
                parent,
                node -> {
                    var mapping = (Mapping) node;
                    return new Mapping(
                            mapping.place(),
                            mapping.entries().stream()
                                    .filter(e -> !e.name().equals(last))
                                    .toList());
                });
    }

    /// The same without some entries of a list.
    Draft without(Path path, int from, int to) {
        return changed(
                path,
                node -> {
                    var list = (Sequence) node;
                    return new Sequence(
                            list.place(),
                            IntStream.range(0, list.items().size())
                                    .filter(i -> i < from || i >= to)
                                    .mapToObj(list.items()::get)
                                    .toList());
                });
    }

    /// The same with every scalar's text changed. Of several in a list that become the same one,
    /// the first stays.
    Draft renamed(UnaryOperator<String> change) {
        return new Draft((Mapping) renamed(root, change));
    }

    private static Yaml renamed(Yaml node, UnaryOperator<String> change) {
        return switch (node) {
            case Scalar(var place, var text, var type) ->
                    new Scalar(place, change.apply(text), type);
            case Sequence(var place, var items) -> new Sequence(place, renamed(items, change));
            case Mapping(var place, var entries) ->
                    new Mapping(
                            place,
                            entries.stream()
                                    .map(e -> new Entry(e.key(), renamed(e.value(), change)))
                                    .toList());
        };
    }

    private static List<Yaml> renamed(List<Yaml> items, UnaryOperator<String> change) {
        var before = new HashMap<String, String>();
        var renamed = new ArrayList<Yaml>();
        for (var item : items) {
            var other = renamed(item, change);
            if (!(item instanceof Scalar was && other instanceof Scalar is)
                    || before.merge(is.text(), was.text(), (first, _) -> first)
                            .equals(was.text())) {
                renamed.add(other);
            }
        }
        return renamed;
    }

    private Draft changed(Path path, UnaryOperator<Yaml> change) {
        return new Draft((Mapping) changed(root, path.steps(), change));
    }

    private static Yaml changed(Yaml node, List<Object> steps, UnaryOperator<Yaml> change) {
        if (steps.isEmpty()) {
            return change.apply(node);
        }
        var rest = steps.subList(1, steps.size());
        return switch (node) {
            case Mapping mapping ->
                    new Mapping(
                            mapping.place(),
                            mapping.entries().stream()
                                    .map(e ->
                                            e.name().equals(steps.getFirst())
                                                    ? new Entry(
                                                            e.key(),
                                                            changed(e.value(), rest, change))
                                                    : e)
                                    .toList());
            case Sequence list -> {
                var items = new ArrayList<>(list.items());
                int index = (Integer) steps.getFirst();
                items.set(index, changed(items.get(index), rest, change));
                yield new Sequence(list.place(), items);
            }
            case Scalar _ -> throw new IllegalArgumentException("there is nothing in a scalar");
        };
    }
}
