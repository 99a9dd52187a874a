package io.faultline.scenario.format;

import io.faultline.model.Kind;
import io.faultline.scenario.format.Yaml.Scalar;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Values without parts: texts, numbers, constants of enums, and whatever has a [Syntax].
final class Scalars {
    private static final Map<Class<?>, String> NOUNS =
            Map.of(
                    String.class, "text",
                    int.class, "a whole number",
                    Integer.class, "a whole number",
                    long.class, "a whole number",
                    Long.class, "a whole number",
                    double.class, "a number",
                    Double.class, "a number",
                    boolean.class, "true or false",
                    Boolean.class, "true or false",
                    Literal.class, "a text or a number");

    private final Problems problems;

    Scalars(Problems problems) {
        this.problems = problems;
    }

    static boolean isScalar(Class<?> type) {
        return NOUNS.containsKey(type) || type.isEnum() || Syntaxes.of(type) != null;
    }

    /// What a value of the type is called, with its article.
    static String noun(Class<?> type) {
        var syntax = Syntaxes.of(type);
        return syntax != null
                ? syntax.noun()
                : type.isEnum() ? "a " + words(type) : NOUNS.get(type);
    }

    /// What to say of a value that is not what it should be.
    static String mismatch(Yaml node, String label, String wanted) {
        return "'%s' takes %s, but this is %s".formatted(label, wanted, node.noun());
    }

    /// Reads a scalar, or says why it cannot be read.
    Optional<Object> value(Class<?> type, Yaml node, String label) {
        if (!(node instanceof Scalar scalar)) {
            problems.add(node.place(), mismatch(node, label, noun(type)));
            return Optional.empty();
        }
        if (scalar.type() == Yaml.Type.REFUSED) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse(type, scalar, label));
        } catch (IllegalArgumentException e) {
            problems.add(scalar.place(), e.getMessage());
            return Optional.empty();
        }
    }

    private static Object parse(Class<?> type, Scalar scalar, String label) {
        var syntax = Syntaxes.of(type);
        if (syntax != null) {
            return syntax.parse().apply(scalar.text());
        } else if (type.isEnum()) {
            return constant(type, scalar.text());
        } else if (type == Literal.class) {
            return new Literal(scalar.text());
        } else if (type == String.class) {
            return text(scalar, label);
        } else if (type == boolean.class || type == Boolean.class) {
            return bool(scalar, label);
        } else if (type == double.class || type == Double.class) {
            return decimal(scalar, label);
        } else if (type == long.class || type == Long.class) {
            return whole(scalar, label, Long.MIN_VALUE, Long.MAX_VALUE);
        }
        return (int) whole(scalar, label, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    private static Object constant(Class<?> type, String text) {
        var names =
                Arrays.stream(type.getEnumConstants())
                        .map(constant -> Kind.name((Enum<?>) constant))
                        .toList();
        int at = names.indexOf(text.toLowerCase(Locale.ROOT));
        if (at < 0) {
            throw new IllegalArgumentException(
                    "unknown %s '%s'%s".formatted(words(type), text, Names.known(text, names)));
        }
        return type.getEnumConstants()[at];
    }

    private static String text(Scalar scalar, String label) {
        if (scalar.type() != Yaml.Type.TEXT) {
            throw new IllegalArgumentException(
                    mismatch(scalar, label, "text")
                            + "; put it in quotes — did you mean '\""
                            + scalar.text()
                            + "\"'?");
        }
        return scalar.text();
    }

    private static boolean bool(Scalar scalar, String label) {
        if (scalar.type() != Yaml.Type.BOOLEAN) {
            var text = scalar.text().toLowerCase(Locale.ROOT);
            var meant =
                    List.of("yes", "on", "y", "true").contains(text)
                            ? "true"
                            : List.of("no", "off", "n", "false").contains(text) ? "false" : "";
            throw new IllegalArgumentException(
                    "'%s' takes true or false, but was '%s'%s"
                            .formatted(
                                    label,
                                    scalar.text(),
                                    meant.isEmpty() ? "" : " — did you mean '" + meant + "'?"));
        }
        return scalar.text().equalsIgnoreCase("true");
    }

    private static double decimal(Scalar scalar, String label) {
        if (scalar.type() == Yaml.Type.DECIMAL || scalar.type() == Yaml.Type.INTEGER) {
            try {
                double number = Double.parseDouble(scalar.text());
                if (Double.isFinite(number)) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // Infinities, and numbers to bases other than ten.
            }
        }
        throw noNumber(scalar, label, "a number");
    }

    private static long whole(Scalar scalar, String label, long least, long most) {
        if (scalar.type() != Yaml.Type.INTEGER) {
            throw noNumber(scalar, label, "a whole number");
        }
        try {
            var text = scalar.text();
            long number =
                    text.startsWith("0x")
                            ? Long.parseUnsignedLong(text.substring(2), 16)
                            : text.startsWith("0o")
                                    ? Long.parseLong(text.substring(2), 8)
                                    : Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Too large.
        }
        throw new IllegalArgumentException(
                "%s is too large for '%s', which lies between %d and %d"
                        .formatted(scalar.text(), label, least, most));
    }

    private static IllegalArgumentException noNumber(Scalar scalar, String label, String wanted) {
        var type = YamlReader.typeOf(scalar.text());
        boolean quoted =
                scalar.type() == Yaml.Type.TEXT
                        && (type == Yaml.Type.INTEGER || type == Yaml.Type.DECIMAL);
        return new IllegalArgumentException(
                "'%s' takes %s, but was '%s'%s"
                        .formatted(
                                label,
                                wanted,
                                scalar.text(),
                                quoted ? "; leave out the quotes" : ""));
    }

    /// `SuspicionPolicy` is a suspicion policy.
    private static String words(Class<?> type) {
        return Kind.name(type).replace('-', ' ');
    }
}
