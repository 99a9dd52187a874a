package io.faultline.scenario.format;

import io.faultline.scenario.format.Yaml.Entry;
import io.faultline.scenario.format.Yaml.Mapping;
import io.faultline.scenario.format.Yaml.Scalar;
import io.faultline.scenario.format.Yaml.Sequence;

import java.util.stream.Collectors;

/// Prints a tree as YAML: one key to a line, and on one line what is small.
public final class YamlWriter {
    private static final int WIDTH = 100;
    private static final String INDENT = "  ";

    private final StringBuilder out = new StringBuilder();

    private YamlWriter() {}

    public static String write(Mapping tree) {
        var writer = new YamlWriter();
        writer.block(tree, 0, "");
        return writer.out.toString();
    }

    /// Writes one entry to a line.
    ///
    /// @param first what stands before the first entry in place of its indentation, if anything
    private void block(Mapping mapping, int depth, String first) {
        var lead = first;
        for (var entry : mapping.entries()) {
            int start = out.length();
            out.append(lead.isEmpty() ? INDENT.repeat(depth) : lead);
            lead = "";
            out.append(text(entry.key())).append(':');
            int room = WIDTH - (out.length() - start) - 1;
            var flow = flow(entry.value());
            switch (entry.value()) {
                case Mapping below when isDeep(below) || flow.length() > room -> {
                    out.append('\n');
                    block(below, depth + 1, "");
                }
                case Sequence list when isDeep(list) || flow.length() > room -> {
                    out.append('\n');
                    items(list, depth + 1, "");
                }
                default -> out.append(' ').append(flow).append('\n');
            }
        }
    }

    /// Writes one item to a line.
    ///
    /// @param first what stands before the first item in place of its indentation, if anything
    private void items(Sequence list, int depth, String first) {
        var lead = first;
        for (var item : list.items()) {
            var dash = (lead.isEmpty() ? INDENT.repeat(depth) : lead) + "- ";
            lead = "";
            switch (item) {
                case Mapping mapping when !mapping.entries().isEmpty() ->
                        block(mapping, depth + 1, dash);
                case Sequence below when isDeep(below) -> items(below, depth + 1, dash);
                default -> out.append(dash).append(flow(item)).append('\n');
            }
        }
    }

    /// Whether a value has mappings inside that are better read one below the other.
    private static boolean isDeep(Yaml value) {
        return switch (value) {
            case Scalar _ -> false;
            case Sequence(_, var items) ->
                    items.stream().anyMatch(item -> item instanceof Mapping || isDeep(item));
            case Mapping(_, var entries) ->
                    entries.stream()
                            .map(Entry::value)
                            .anyMatch(below ->
                                    isDeep(below)
                                            || below instanceof Mapping(_, var inner)
                                                    && !inner.isEmpty());
        };
    }

    private static String flow(Yaml value) {
        return switch (value) {
            case Scalar scalar -> text(scalar);
            case Sequence(_, var items) ->
                    items.stream()
                            .map(YamlWriter::flow)
                            .collect(Collectors.joining(", ", "[", "]"));
            case Mapping(_, var entries) ->
                    entries.isEmpty()
                            ? "{}"
                            : entries.stream()
                                    .map(entry -> text(entry.key()) + ": " + flow(entry.value()))
                                    .collect(Collectors.joining(", ", "{ ", " }"));
        };
    }

    /// A scalar as it can stand anywhere, in quotes where it would be taken for something else.
    private static String text(Scalar scalar) {
        var text = scalar.text();
        if (scalar.type() != Yaml.Type.TEXT) {
            return text;
        }
        boolean safe =
                !text.isEmpty()
                        && text.codePoints().allMatch(YamlWriter::isSafe)
                        && !text.startsWith("-")
                        && !text.startsWith("=")
                        && !text.startsWith("%")
                        && YamlReader.typeOf(text) == Yaml.Type.TEXT;
        return safe ? text : quoted(text);
    }

    private static boolean isSafe(int c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || "-_./()=+%".indexOf(c) >= 0;
    }

    private static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        text.codePoints()
                .forEach(c -> {
                    switch (c) {
                        case '"' -> quoted.append("\\\"");
                        case '\\' -> quoted.append("\\\\");
                        case '\n' -> quoted.append("\\n");
                        case '\t' -> quoted.append("\\t");
                        default -> {
                            if (isBreakOrControl(c)) {
                                quoted.append("\\u%04x".formatted(c));
                            } else {
                                quoted.appendCodePoint(c);
                            }
                        }
                    }
                });
        return quoted.append('"').toString();
    }

    private static boolean isBreakOrControl(int c) {
        return Character.isISOControl(c) || c == 0x2028 || c == 0x2029 || c == 0xfeff;
    }
}
