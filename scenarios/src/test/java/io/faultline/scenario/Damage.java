package io.faultline.scenario;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/// Damages valid files at random.
public final class Damage {

    private static final List<String> SNIPPETS =
            List.of(
                    "",
                    " ",
                    "\n",
                    "\t",
                    "  - ",
                    ": ",
                    "{",
                    "}",
                    "[",
                    "]",
                    "\"",
                    "'",
                    "#",
                    "&a ",
                    "*a",
                    "!!int ",
                    "$hb",
                    "$(hb)",
                    "${hb}",
                    "$",
                    "null",
                    "~",
                    "true",
                    "0",
                    "-1",
                    "1e9",
                    "5ms",
                    "5",
                    "-5s",
                    "1..2",
                    "9s..3s",
                    "120%",
                    "0.5",
                    "20/s",
                    "P99",
                    "n99",
                    "exp(mean=1ms)",
                    "exp(",
                    "lognormal(p50=2ms,p99=1ms)",
                    "kind: x",
                    "at: 1s",
                    "\u0000",
                    "\ud83d",
                    "é",
                    "---\n",
                    "...\n",
                    "<<: *a",
                    "99999999999999999999",
                    "? x",
                    "|",
                    ">");

    private Damage() {}

    /// Valid files that have, between them, everything that a file can have.
    public static List<String> files() {
        var valid =
                Stream.of("everything.yaml", "smallest.yaml", "as-json.json", "anchors.yaml")
                        .map(file -> Golden.read(Path.of("src/test/resources/valid", file)));
        var shipped =
                Catalogue.load().all().stream()
                        .filter(source -> source.name().contains("failures/"))
                        .map(Source::text);
        return Stream.concat(valid, shipped).toList();
    }

    /// The text with one to three pieces of damage.
    public static String several(String text, Random random) {
        var damaged = text;
        for (int times = 1 + random.nextInt(3); times > 0; times--) {
            damaged = once(damaged, random);
        }
        return damaged;
    }

    private static String once(String text, Random random) {
        if (text.isEmpty()) {
            return "x";
        }
        int from = random.nextInt(text.length());
        int to = Math.min(text.length(), from + random.nextInt(12));
        var lines = text.split("(?<=\n)");
        return switch (random.nextInt(6)) {
            case 0 -> text.substring(0, from) + text.substring(to);
            case 1 -> text.substring(0, from) + snippet(random) + text.substring(from);
            case 2 -> text.substring(0, from) + snippet(random) + text.substring(to);
            case 3 -> text.substring(0, to) + text.substring(from);
            case 4 -> swapped(lines, random);
            default -> word(text, random);
        };
    }

    private static String swapped(String[] lines, Random random) {
        int one = random.nextInt(lines.length);
        int other = random.nextInt(lines.length);
        var line = lines[one];
        lines[one] = lines[other];
        lines[other] = line;
        return String.join("", lines);
    }

    /// One word in place of another, which leaves the file well formed and makes it mean nonsense.
    private static String word(String text, Random random) {
        var words = text.split("\\b");
        var other = random.nextBoolean() ? snippet(random) : words[random.nextInt(words.length)];
        words[random.nextInt(words.length)] = other;
        return String.join("", words);
    }

    private static String snippet(Random random) {
        return SNIPPETS.get(random.nextInt(SNIPPETS.size()));
    }
}
