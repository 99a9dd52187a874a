package io.faultline.scenario.format;

import io.faultline.report.Quantity;
import io.faultline.scenario.format.Yaml.Entry;
import io.faultline.scenario.format.Yaml.Mapping;
import io.faultline.scenario.format.Yaml.Scalar;
import io.faultline.scenario.format.Yaml.Sequence;

import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads lists of records from CSV files: a line with the names of the columns, which are those of
/// the components, and then a line for each record. Values have no commas and no quotes, a column
/// may be empty where a component is optional, and a plain number that stands for a time is in
/// seconds. Blank lines and those that begin with `#` do not count.
///
/// @param folder where the files are, if the scenario has such a place
record Tables(Optional<Path> folder, Problems problems) {

    /// The list that is in a file; nothing if it cannot be read, which is said.
    Optional<Sequence> read(Scalar file, Class<?> element) {
        if (folder.isEmpty()) {
            problems.add(
                    file.place(),
                    "'%s' cannot be found, since this scenario is not read from a file"
                            .formatted(file.text()));
            return Optional.empty();
        }
        var path = folder.get().resolve(file.text());
        try {
            return parse(path.toString(), Files.readString(path, StandardCharsets.UTF_8), element);
        } catch (NoSuchFileException e) {
            problems.add(file.place(), "no such file: " + path);
        } catch (CharacterCodingException e) {
            problems.add(file.place(), path + " is not text in UTF-8");
        } catch (IOException e) {
            problems.add(file.place(), path + " cannot be read: " + e.getClass().getSimpleName());
        }
        return Optional.empty();
    }

    private Optional<Sequence> parse(String name, String text, Class<?> element) {
        var components = new LinkedHashMap<String, Component>();
        Component.of(element).forEach(component -> components.put(component.name(), component));
        List<Scalar> header = null;
        var items = new ArrayList<Yaml>();
        boolean named = false;
        boolean right = true;
        int number = 0;
        for (var line : text.lines().toList()) {
            number++;
            var plain = line.startsWith("\uFEFF") ? line.substring(1) : line;
            if (plain.isBlank() || plain.strip().startsWith("#")) {
                continue;
            }
            var cells = cells(name, number, plain);
            if (header == null) {
                header = cells;
                named = isHeader(header, components);
                right = named;
            } else if (!named) {
                continue; // nobody knows what stands in it
            } else if (cells.size() != header.size()) {
                problems.add(
                        cells.getFirst().place(),
                        "this line has %s, but there are %s"
                                .formatted(
                                        Quantity.count(cells.size(), "value"),
                                        Quantity.count(header.size(), "column")));
                right = false;
            } else {
                items.add(row(header, cells, components));
            }
        }
        if (header == null) {
            problems.add(
                    Place.whole(name), "is empty; it has to begin with " + columns(components));
            right = false;
        }
        return right
                ? Optional.of(new Sequence(new Place(name, 1, 1, "", ""), items))
                : Optional.empty();
    }

    private static List<Scalar> cells(String name, int number, String line) {
        var cells = new ArrayList<Scalar>();
        int from = 0;
        while (from <= line.length()) {
            int comma = line.indexOf(',', from);
            int end = comma < 0 ? line.length() : comma;
            int first = from;
            while (first < end && Character.isWhitespace(line.charAt(first))) {
                first++;
            }
            cells.add(
                    new Scalar(
                            new Place(name, number, first + 1, line, ""),
                            line.substring(first, end).strip(),
                            Yaml.Type.TEXT));
            from = end + 1;
        }
        return cells;
    }

    private boolean isHeader(List<Scalar> header, Map<String, Component> components) {
        var seen = new ArrayList<String>();
        boolean right = true;
        for (var cell : header) {
            boolean known = components.containsKey(cell.text());
            if (!known || seen.contains(cell.text())) {
                problems.add(
                        cell.place(),
                        known
                                ? "there is a column '" + cell.text() + "' already"
                                : "unknown column '%s'; the first line names the columns, which are"
                                                .formatted(cell.text())
                                        + " "
                                        + columns(components));
                right = false;
            }
            seen.add(cell.text());
        }
        return right;
    }

    private static String columns(Map<String, Component> components) {
        return String.join(",", components.keySet());
    }

    private static Mapping row(
            List<Scalar> header, List<Scalar> cells, Map<String, Component> components) {
        var entries = new ArrayList<Entry>();
        for (int i = 0; i < cells.size(); i++) {
            var cell = cells.get(i);
            if (!cell.text().isEmpty()) {
                var type = components.get(header.get(i).text()).type();
                entries.add(new Entry(header.get(i), value(type, cell)));
            }
        }
        return new Mapping(cells.getFirst().place(), entries);
    }

    private static Scalar value(Type type, Scalar cell) {
        var raw = Component.raw(type);
        var meant = raw == Optional.class ? Component.raw(Component.argument(type)) : raw;
        var plain = YamlReader.typeOf(cell.text());
        boolean isSeconds =
                meant == Duration.class
                        && (plain == Yaml.Type.INTEGER || plain == Yaml.Type.DECIMAL);
        return isSeconds
                ? new Scalar(cell.place(), cell.text() + "s", Yaml.Type.TEXT)
                : new Scalar(cell.place(), cell.text(), plain);
    }
}
