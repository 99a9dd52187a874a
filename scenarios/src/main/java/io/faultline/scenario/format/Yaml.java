package io.faultline.scenario.format;

import java.util.List;
import java.util.Optional;

/// A file as a tree of values that know where they stand. Anchors and aliases are resolved, and no
/// mapping has a key twice.
public sealed interface Yaml {

    Place place();

    /// The same with all its parts, as if it stood somewhere else.
    Yaml at(Place other);

    /// What it is, as one says it in an error message.
    String noun();

    /// A value without parts.
    ///
    /// @param text as written, without quotes
    /// @param type what YAML 1.2 takes it for: quoted scalars are texts
    record Scalar(Place place, String text, Type type) implements Yaml {
        @Override
        public Scalar at(Place other) {
            return new Scalar(other, text, type);
        }

        @Override
        public String noun() {
            return switch (type) {
                case TEXT -> "text";
                case INTEGER, DECIMAL -> "a number";
                case BOOLEAN -> "true or false";
                case NULL -> "nothing";
                case REFUSED -> "refused";
            };
        }
    }

    /// The types of scalars in the core schema of YAML 1.2, and one for what has been complained of
    /// already.
    enum Type {
        TEXT,
        INTEGER,
        DECIMAL,
        BOOLEAN,
        NULL,
        REFUSED
    }

    /// A list.
    record Sequence(Place place, List<Yaml> items) implements Yaml {
        @Override
        public Sequence at(Place other) {
            return new Sequence(other, items.stream().map(item -> item.at(other)).toList());
        }

        @Override
        public String noun() {
            return "a list";
        }
    }

    /// A mapping, in the order of the file.
    record Mapping(Place place, List<Entry> entries) implements Yaml {
        @Override
        public Mapping at(Place other) {
            return new Mapping(
                    other,
                    entries.stream()
                            .map(e -> new Entry(e.key().at(other), e.value().at(other)))
                            .toList());
        }

        @Override
        public String noun() {
            return "a mapping";
        }

        public Optional<Yaml> get(String key) {
            return entry(key).map(Entry::value);
        }

        public Optional<Entry> entry(String key) {
            return entries.stream().filter(entry -> entry.name().equals(key)).findFirst();
        }
    }

    /// A key and its value.
    record Entry(Scalar key, Yaml value) {
        public String name() {
            return key.text();
        }
    }
}
