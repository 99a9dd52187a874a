package io.faultline.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Damages valid files at random, with a fixed seed. Whatever comes out, the parser accepts it or
/// says what is wrong; it neither breaks nor hangs.
class MutationTest {
    private static final int MUTATIONS = 2_000;

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

    private final ScenarioParser parser = new ScenarioParser();

    @Test
    void damagedFilesAreRefusedOrReadButNeverBreakTheParser() {
        var files =
                List.of("everything.yaml", "smallest.yaml", "as-json.json", "anchors.yaml").stream()
                        .map(file -> Golden.read(Path.of("src/test/resources/valid", file)))
                        .toList();
        var random = new Random(20_260_101);
        int accepted = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            var damaged = files.get(random.nextInt(files.size()));
            for (int times = 1 + random.nextInt(3); times > 0; times--) {
                damaged = damage(damaged, random);
            }
            accepted += isAccepted(damaged) ? 1 : 0;
        }

        assertThat(accepted).isBetween(MUTATIONS / 50, MUTATIONS * 9 / 10);
    }

    private boolean isAccepted(String damaged) {
        try {
            var scenario = parser.parse(new Source("damaged.yaml", damaged), Map.of());
            var again =
                    parser.parse(
                            new Source("again.yaml", ScenarioWriter.write(scenario)), Map.of());
            assertThat(again).as(damaged).isEqualTo(scenario.withoutParams());
            return true;
        } catch (ScenarioException e) {
            assertThat(e.problems()).isNotEmpty();
            assertThat(e.problems()).allMatch(problem -> problem.file().equals("damaged.yaml"));
            assertThat(e.getMessage()).doesNotContain("null pointer", "Exception", "java.");
            return false;
        } catch (RuntimeException | StackOverflowError e) {
            return fail("broke on:\n" + damaged, e);
        }
    }

    private static String damage(String text, Random random) {
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
