package io.faultline.scenario.format;

import io.faultline.model.Kind;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;

/// What classes, constants and components are called in a file.
public final class Names {
    private static final int MANY = 20;

    private Names() {}

    private static final ClassValue<SequencedMap<String, Class<?>>> KINDS =
            new ClassValue<>() {
                @Override
                protected SequencedMap<String, Class<?>> computeValue(Class<?> family) {
                    var kinds = new LinkedHashMap<String, Class<?>>();
                    for (var kind : family.getPermittedSubclasses()) {
                        if (kind.isRecord()) {
                            kinds.put(Kind.name(kind), kind);
                        } else if (kind.isSealed()) {
                            kinds.putAll(KINDS.get(kind));
                        }
                    }
                    return Collections.unmodifiableSequencedMap(kinds);
                }
            };

    /// The records of a sealed family by name, in the order of its `permits` clause.
    public static SequencedMap<String, Class<?>> kinds(Class<?> family) {
        return KINDS.get(family);
    }

    /// The keys that stand for a family in a mapping, and what they stand for: its kinds by their
    /// names, and its door, if it has one.
    static SequencedMap<String, Class<?>> keys(Class<?> family) {
        var doors = Own.doors(family);
        if (doors.isEmpty()) {
            return kinds(family);
        }
        var keys = new LinkedHashMap<>(kinds(family));
        keys.put(Own.KEY, doors.getFirst());
        return keys;
    }

    /// ` — did you mean 'latency'?` if one of the choices is close enough to be meant, else
    /// nothing.
    public static String hint(String word, Collection<String> choices) {
        var nearest = nearest(word, choices);
        return nearest == null ? "" : " — did you mean '" + nearest + "'?";
    }

    /// What is allowed, ready to follow what is not: `; known: a, b, c — did you mean 'b'?`. Of
    /// many choices, none is listed if one of them is likely to be meant.
    public static String known(String word, Collection<String> choices) {
        var hint = hint(word, choices);
        return choices.size() > MANY && !hint.isEmpty()
                ? hint
                : "; known: " + listed(choices) + hint;
    }

    /// The choices as one says them: `a, b, c`.
    public static String listed(Collection<String> choices) {
        return choices.isEmpty() ? "nothing" : String.join(", ", choices);
    }

    /// The choice that takes the fewest typing mistakes, if that is at most one for three letters;
    /// else null.
    static String nearest(String word, Collection<String> choices) {
        var plain = plain(word);
        String nearest = null;
        int least = Math.max(1, plain.length() / 3) + 1;
        for (var choice : choices) {
            int mistakes = mistakes(plain, plain(choice));
            if (mistakes < least) {
                least = mistakes;
                nearest = choice;
            }
        }
        return nearest != null ? nearest : containing(plain, choices);
    }

    /// The only choice with the word in it, varieties of it aside: *majority* is meant to be
    /// `strict-majority`, and *livelock* to be `recovery-livelock`.
    private static String containing(String plain, Collection<String> choices) {
        var containing =
                choices.stream()
                        .filter(choice -> plain(choice).contains(plain))
                        .sorted(Comparator.comparing(String::length))
                        .toList();
        boolean isOne =
                plain.length() > 3
                        && !containing.isEmpty()
                        && containing.stream()
                                .skip(1)
                                .allMatch(it -> it.startsWith(containing.getFirst() + "{"));
        return isOne ? containing.getFirst() : null;
    }

    /// Case and punctuation are not what people remember.
    private static String plain(String word) {
        var plain = new StringBuilder();
        word.toLowerCase(Locale.ROOT)
                .chars()
                .filter(Character::isLetterOrDigit)
                .limit(60)
                .forEach(c -> plain.append((char) c));
        return plain.toString();
    }

    /// How many letters have to be added, left out, replaced or swapped with their neighbour (the
    /// optimal string alignment distance).
    static int mistakes(String from, String to) {
        List<int[]> rows = new ArrayList<>();
        for (int i = 0; i <= from.length(); i++) {
            var row = new int[to.length() + 1];
            for (int j = 0; j <= to.length(); j++) {
                if (i == 0 || j == 0) {
                    row[j] = i + j;
                    continue;
                }
                boolean same = from.charAt(i - 1) == to.charAt(j - 1);
                int replaced = rows.get(i - 1)[j - 1] + (same ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(rows.get(i - 1)[j], row[j - 1]));
                if (i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1)) {
                    row[j] = Math.min(row[j], rows.get(i - 2)[j - 2] + 1);
                }
            }
            rows.add(row);
        }
        return rows.getLast()[to.length()];
    }
}
