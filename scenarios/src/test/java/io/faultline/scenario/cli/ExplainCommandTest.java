package io.faultline.scenario.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.report.Json;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// What `faultline explain` promises.
class ExplainCommandTest {

    private static final String SCENARIO =
            """
            apiVersion: faultline/v1
            name: crash
            params: { failure: 5s }
            topology: { partitions: 5 }
            protocol:
              detector: { kind: heartbeat-timeout, heartbeat: 500ms, suspect: 2s, failure: $failure }
            phases: { chaos: 20s }
            faults:
              - at: 2s
                crash: { partitions: [P3] }
            expect: { never: [partition-failed] }
            """;

    @TempDir private Path folder;
    private String file;

    @BeforeEach
    void writeScenario() throws IOException {
        file = Files.writeString(folder.resolve("crash.yaml"), SCENARIO).toString();
    }

    private String out(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void itSaysWhatLedToItWhatItWasDueToAndWhenItWasDecided() throws IOException {
        var explain = Cli.run("explain", file, "--rolls", "3", "--out", out("explained"));
        assertThat(explain.code()).isZero();
        assertThat(explain.out())
                .startsWith("crash, seed 1: never partition-failed\n")
                .containsSubsequence(
                        "What led to it\n",
                        "2.000s  fault 0 begins: crash of P3\n",
                        "6.600s  P3 suspected → failed: heartbeat miss\n",
                        "What would not have happened without what\n",
                        "2.000s  fault 0 begins: crash of P3\n",
                        "└─ 6.600s  P3 is declared failed\n",
                        "   └─ 6.600s  never partition-failed\n",
                        "without fault 0: ",
                        "How likely it was, if chance is re-rolled from a time on\n",
                        "3 / 3",
                        "it does not rise",
                        "reproduce: ./faultline run ");
        var results = folder.resolve("explained");
        assertThat(Files.readString(results.resolve("explain.txt"))).isEqualTo(explain.out());
        assertThat(Files.readString(results.resolve("cascade.dot")))
                .startsWith("digraph cascade {")
                .contains("n0 -> n1;", "n1 -> n2;");
        var page = Files.readString(results.resolve("explain.html"));
        assertThat(page)
                .startsWith("<!DOCTYPE html>")
                .contains("fault 0 begins: crash of P3", "<svg class=\"figure\"");
    }

    @Test
    void asJsonItIsOneObjectWithTheSame() throws IOException {
        var explain = Cli.run("explain", file, "--rolls", "3", "--json", "--out", out("json"));
        try (var parser = Json.parser(explain.out().getBytes(StandardCharsets.UTF_8))) {
            parser.nextToken();
            parser.skipChildren();
            assertThat(parser.nextToken()).isNull();
        }
        assertThat(explain.out())
                .contains("\"explained\": \"never partition-failed\"")
                .contains("\"text\": \"fault 0 begins: crash of P3\"")
                .contains("\"reproduction\": 0.0")
                .contains("\"noReturn\"");
        assertThat(Files.readString(folder.resolve("json/explain.json"))).isEqualTo(explain.out());
    }

    @Test
    void partsAreChosenByTheirOptions() {
        var one = Cli.run("explain", file, "--counterfactual", "--out", out("one"));
        assertThat(one.out()).contains("without what").doesNotContain("How likely it was");
        var other = Cli.run("explain", file, "--no-return", "--rolls", "2", "--out", out("other"));
        assertThat(other.out()).contains("How likely it was").doesNotContain("without what");
    }

    @Test
    void theChainHasAsManyLinesAsAreAskedFor() {
        var explain =
                Cli.run("explain", file, "--counterfactual", "--lines", "5", "--out", out("l"));
        assertThat(explain.out()).contains("lines left out");
    }

    @Test
    void aWindowSaysWhatCountsAsTheSame() {
        var explain =
                Cli.run("explain", file, "--counterfactual", "--window", "3s", "--out", out("w"));
        assertThat(explain.out()).contains("a failure recurs if it does within 3.000s");
    }

    @Test
    void whatThereIsNoTimeForIsLeftOut() {
        var explain = Cli.run("explain", file, "--budget", "1ns", "--out", out("b"));
        assertThat(explain.code()).isZero();
        assertThat(explain.out())
                .contains("the time was over before all was tried")
                .contains("there was no time to look from a single instant")
                .contains("  (there was no time to see without what it does not happen)")
                .doesNotContain("without any fault or action")
                .doesNotContain("it does not rise");
    }

    @Test
    void aRunThatIsFineHasNothingToExplain() {
        var explain = Cli.run("explain", file, "--set", "failure=19s", "--out", out("fine"));
        assertThat(explain.code()).isEqualTo(2);
        assertThat(explain.err()).contains("nothing goes wrong in ./faultline run");
        assertThat(explain.out()).isEmpty();
    }

    @Test
    void aRecordedRunHasToGoAsItDid() throws IOException {
        Cli.run("run", file, "--out", out("run"));
        var explain = Cli.run("explain", out("run"), "--counterfactual", "--out", out("explained"));
        assertThat(explain.code()).isZero();
        var result = folder.resolve("run/result.json");
        Files.writeString(
                result,
                Files.readString(result)
                        .replaceFirst("(\"fingerprint\": \")[0-9a-f]{4}", "$1----"));
        var differs = Cli.run("explain", out("run"), "--out", out("differs"));
        assertThat(differs.code()).isEqualTo(5);
        assertThat(differs.err()).contains("went differently");
    }

    @Test
    void theNumberOfJobsChangesNothing() {
        var one = Cli.run("explain", file, "--rolls", "4", "--jobs", "1", "--out", out("one"));
        var two = Cli.run("explain", file, "--rolls", "4", "--jobs", "3", "--out", out("two"));
        assertThat(one.out()).isEqualTo(two.out());
    }

    @ParameterizedTest
    @CsvSource({
        "--rolls 0, --rolls is 1 or more",
        "--lines 4, --lines is 5 or more",
        "--window 0s, --window is more than 0",
        "--jobs 0, --jobs is 1 or more",
        "--budget soon, soon"
    })
    void mistakesGetASentence(String option, String sentence) {
        var words = option.split(" ");
        var explain = Cli.run("explain", file, words[0], words[1]);
        assertThat(explain.code()).isEqualTo(64);
        assertThat(explain.err()).contains(sentence);
    }
}
