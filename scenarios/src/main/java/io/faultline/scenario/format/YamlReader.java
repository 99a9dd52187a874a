package io.faultline.scenario.format;

import io.faultline.scenario.format.Yaml.Entry;
import io.faultline.scenario.format.Yaml.Mapping;
import io.faultline.scenario.format.Yaml.Scalar;
import io.faultline.scenario.format.Yaml.Sequence;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads one document of YAML 1.2, and so JSON as well.
///
/// Stricter than YAML where YAML bites: no key twice, no key that is not a scalar, no tags of one's
/// own, one document. What a few bytes may expand to by way of aliases is bounded.
public final class YamlReader {
    private static final int MOST_ALIASES = 50;
    private static final int MOST_VALUES = 100_000;
    private static final int MOST_CHARACTERS = 3_000_000;
    private static final int DEEPEST = 100;

    private static final CoreScalarResolver RESOLVER = new CoreScalarResolver(false);

    private final String file;
    private final String[] lines;
    private final Problems problems;
    private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private int values;

    private YamlReader(String file, String text, Problems problems) {
        this.file = file;
        this.lines = text.split("\r\n|\n|\r", -1);
        this.problems = problems;
    }

    /// Reads a text.
    ///
    /// @param file what to call it in error messages
    /// @return nothing if there were problems that leave nothing to go on with
    public static Optional<Yaml> read(String file, String text, Problems problems) {
        return new YamlReader(file, text, problems).read(text);
    }

    /// Reads a default, which is right.
    static Yaml standard(String text) {
        var problems = new Problems();
        return read("", text, problems)
                .filter(_ -> problems.isEmpty())
                .orElseThrow(() -> new IllegalStateException("no default: " + text));
    }

    /// What YAML takes an unquoted scalar for.
    static Yaml.Type typeOf(String plain) {
        return typeOf(RESOLVER.resolve(plain, true)).orElse(Yaml.Type.TEXT);
    }

    private Optional<Yaml> read(String text) {
        if (text.length() > MOST_CHARACTERS) {
            problems.add(Place.whole(file), "too long; a file has at most 3 million characters");
            return Optional.empty();
        }
        if (!isPrintable()) {
            return Optional.empty();
        }
        try {
            var documents = new Compose(settings()).composeAllFromString(text).iterator();
            if (!documents.hasNext()) {
                problems.add(place(1, 1), "the file is empty");
                return Optional.empty();
            }
            var first = convert(documents.next(), 0);
            if (documents.hasNext()) {
                var second = documents.next();
                problems.add(place(second), "a second document begins here; a file holds one");
            }
            return Optional.of(first);
        } catch (Refused refused) {
            problems.add(refused.place, refused.getMessage());
        } catch (MarkedYamlEngineException e) {
            var mark = e.getProblemMark().or(e::getContextMark);
            problems.add(mark.map(this::place).orElse(Place.whole(file)), said(e));
        } catch (YamlEngineException e) {
            problems.add(
                    Place.whole(file),
                    e.getMessage().contains("aliases")
                            ? "too many aliases; lists and mappings may be used again at most "
                                    + MOST_ALIASES
                                    + " times"
                            : "not YAML: " + e.getMessage().strip());
        } catch (StackOverflowError e) {
            problems.add(Place.whole(file), "nested too deeply");
        }
        return Optional.empty();
    }

    private LoadSettings settings() {
        return LoadSettings.builder()
                .setLabel(file)
                .setSchema(new NoMerging())
                .setAllowNonScalarKeys(true)
                .setMaxAliasesForCollections(MOST_ALIASES)
                .setCodePointLimit(MOST_CHARACTERS)
                .build();
    }

    private Yaml convert(Node node, int depth) {
        if (depth > DEEPEST) {
            throw new Refused(place(node), "nested too deeply; " + DEEPEST + " levels are enough");
        }
        if (++values > MOST_VALUES) {
            throw new Refused(
                    Place.whole(file),
                    "too large; with all aliases in place it has over 100 000 values");
        }
        if (!open.add(node)) {
            throw new Refused(place(node), "this contains itself, by way of an alias");
        }
        try {
            return switch (node) {
                case ScalarNode scalar -> scalar(scalar);
                case SequenceNode sequence -> sequence(sequence, depth);
                case MappingNode mapping -> mapping(mapping, depth);
                default -> throw new Refused(place(node), "nothing that a file can hold");
            };
        } finally {
            open.remove(node);
        }
    }

    private Scalar scalar(ScalarNode node) {
        var type = typeOf(node.getTag());
        if (type.isEmpty()) {
            refuseTag(node);
        }
        return new Scalar(place(node), node.getValue(), type.orElse(Yaml.Type.REFUSED));
    }

    private Sequence sequence(SequenceNode node, int depth) {
        if (!node.getTag().equals(Tag.SEQ)) {
            refuseTag(node);
        }
        var items = new ArrayList<Yaml>();
        node.getValue().forEach(item -> items.add(convert(item, depth + 1)));
        return new Sequence(place(node), List.copyOf(items));
    }

    private Mapping mapping(MappingNode node, int depth) {
        if (!node.getTag().equals(Tag.MAP)) {
            refuseTag(node);
        }
        var entries = new ArrayList<Entry>();
        Map<String, Place> seen = new HashMap<>();
        for (var tuple : node.getValue()) {
            if (!(convert(tuple.getKeyNode(), depth + 1) instanceof Scalar key)) {
                problems.add(
                        place(tuple.getKeyNode()), "a key must be a word, not a list or mapping");
                continue;
            }
            var before = seen.putIfAbsent(key.text(), key.place());
            if (before != null) {
                problems.add(
                        key.place(),
                        "duplicate key '"
                                + key.text()
                                + "'; it was given at "
                                + before
                                + " before");
                continue;
            }
            entries.add(new Entry(key, convert(tuple.getValueNode(), depth + 1)));
        }
        return new Mapping(place(node), List.copyOf(entries));
    }

    private void refuseTag(Node node) {
        problems.add(place(node), "unknown tag " + node.getTag() + "; files need no tags");
    }

    private static Optional<Yaml.Type> typeOf(Tag tag) {
        if (tag.equals(Tag.STR)) {
            return Optional.of(Yaml.Type.TEXT);
        } else if (tag.equals(Tag.INT)) {
            return Optional.of(Yaml.Type.INTEGER);
        } else if (tag.equals(Tag.FLOAT)) {
            return Optional.of(Yaml.Type.DECIMAL);
        } else if (tag.equals(Tag.BOOL)) {
            return Optional.of(Yaml.Type.BOOLEAN);
        } else if (tag.equals(Tag.NULL)) {
            return Optional.of(Yaml.Type.NULL);
        }
        return Optional.empty();
    }

    private String said(MarkedYamlEngineException e) {
        var problem = String.valueOf(e.getProblem()).strip();
        if (problem.contains("\\t") || problem.contains("TAB") || problem.contains("\t")) {
            return "a tab in front of a value; YAML is indented by spaces only";
        }
        var opened = e.getContextMark();
        if (opened.isPresent()
                && (problem.startsWith("expected ',' or") || problem.contains("end of stream"))) {
            return "not YAML: what begins at "
                    + place(opened.get())
                    + " is not closed, or a comma is missing";
        }
        var context = e.getContext() == null ? "" : " " + e.getContext().strip();
        return "not YAML: " + problem.replace('\n', ' ') + context.replace('\n', ' ');
    }

    /// YAML has no place for control characters; left to itself, the library says so without a
    /// place.
    private boolean isPrintable() {
        for (int line = 0; line < lines.length; line++) {
            var points = lines[line].codePoints().toArray();
            for (int at = 0; at < points.length; at++) {
                if (!StreamReader.isPrintable(points[at])) {
                    problems.add(
                            new Place(file, line + 1, at + 1, "", ""),
                            "U+%04X is not a character of YAML".formatted(points[at]));
                    return false;
                }
            }
        }
        return true;
    }

    private Place place(Node node) {
        return node.getStartMark().map(this::place).orElse(Place.whole(file));
    }

    private Place place(Mark mark) {
        return place(mark.getLine() + 1, mark.getColumn() + 1);
    }

    private Place place(int line, int column) {
        return new Place(file, line, column, line <= lines.length ? lines[line - 1] : "", "");
    }

    /// The core schema of YAML 1.2. The library's own one has merge keys besides, which are of YAML
    /// 1.1, and which editors would not complete.
    private static final class NoMerging extends CoreSchema {
        @Override
        public ScalarResolver getScalarResolver() {
            return RESOLVER;
        }
    }

    /// Ends the reading where going on would be futile.
    private static final class Refused extends RuntimeException {
        private final transient Place place;

        Refused(Place place, String message) {
            super(message);
            this.place = place;
        }
    }
}
