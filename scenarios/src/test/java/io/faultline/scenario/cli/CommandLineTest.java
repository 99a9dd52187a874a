package io.faultline.scenario.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What the command line promises.
class CommandLineTest {

    @TempDir private Path folder;

    @Test
    void theDefaultExampleHoldsAndWritesEverythingItPromises() {
        var results = folder.resolve("results");
        var run = Cli.run("run", "three-regions", "--no-color", "--out", results.toString());
        assertThat(run.code()).isZero();
        assertThat(run.out()).startsWith("HELD  three-regions").contains("seed          42");
        assertThat(run.out().lines()).hasSizeLessThanOrEqualTo(25);
        assertThat(run.err()).isEqualTo("results: " + results.resolve("report.html") + "\n");
        for (var file :
                new String[] {
                    "result.json",
                    "scenario.resolved.yaml",
                    "events.ndjson.gz",
                    "repro.txt",
                    "junit.xml",
                    "report.html",
                    "hist/suspicion.latency.hlog"
                }) {
            assertThat(results.resolve(file)).isNotEmptyFile();
        }
    }

    @Test
    void theResolvedScenarioRunsToTheSameFingerprint() throws IOException {
        var first = folder.resolve("first");
        var second = folder.resolve("second");
        Cli.run("run", "three-regions", "--seed", "0x7", "--out", first.toString());
        var resolved = first.resolve("scenario.resolved.yaml").toString();
        assertThat(Cli.run("run", resolved, "--out", second.toString()).code()).isZero();
        assertThat(fingerprint(second)).isEqualTo(fingerprint(first));
    }

    @Test
    void jsonIsTheResultFileAndNothingElse() throws IOException {
        var run = Cli.run("run", "worked/sc-01-counting", "--json", "--out", folder.toString());
        assertThat(run.out()).isEqualTo(Files.readString(folder.resolve("result.json")));
    }

    @Test
    void aSettingChangesTheOutcome() {
        var run =
                Cli.run(
                        "run",
                        "worked/sc-20-crash",
                        "--set",
                        "protocol.detector.suspect=3s",
                        "--no-color",
                        "--out",
                        folder.toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out())
                .startsWith("VIOLATED")
                .contains("status-changed {partition: P1, to: suspected")
                .endsWith(
                        "reproduce: ./faultline run worked/sc-20-crash --set"
                                + " protocol.detector.suspect=3s --seed 1\n");
    }

    @Test
    void aParameterMayBeSetByItsName() {
        var run =
                Cli.run("run", "three-regions", "--set", "suspect=3s", "--out", folder.toString());
        assertThat(run.code()).isEqualTo(4);
        assertThat(run.out()).contains("suspicion.latency p99<2600ms");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    run thre-regions               | 66 | did you mean 'three-regions'?
                    run no/such/file.yaml          | 66 | no/such/file.yaml
                    check src/test                 | 66 | src/test
                    runn three-regions             | 64 | run
                    run                            | 64 | SCENARIO
                    run three-regions --sed 3      | 64 | --seed
                    run three-regions --seed many  | 64 | a seed is a whole number of 64 bits
                    ''                             | 64 | a command is missing
                    scenario                       | 64 | list, show or schema
                    check three-regions --set x=1  | 65 | --set
                    """)
    void mistakesGetASentenceAndTheirExitCode(String line, int code, String sentence) {
        var run = Cli.run(line.isEmpty() ? new String[0] : line.split(" +"));
        assertThat(run.code()).isEqualTo(code);
        assertThat(run.err()).contains(sentence).doesNotContain("\tat ");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void whereResultsCannotBeWrittenTheCommandSaysSo() throws IOException {
        var file = Files.createFile(folder.resolve("file"));
        var run = Cli.run("run", "worked/sc-01-counting", "--out", file.resolve("x").toString());
        assertThat(run.code()).isEqualTo(74);
        assertThat(run.err()).contains("cannot write").doesNotContain("\tat ");
    }

    @Test
    void aRunThatProvedNothingNeverReportsSuccess() throws IOException {
        var file =
                Files.writeString(
                        folder.resolve("vacuous.yaml"),
                        """
                        apiVersion: faultline/v1
                        name: vacuous
                        topology: { partitions: 3 }
                        phases: { chaos: 1s }
                        faults:
                          - at: 500ms
                            message-loss: { messages: [heartbeat] }
                        """);
        var run = Cli.run("run", file.toString(), "--out", folder.resolve("out").toString());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).contains("0 of 1");

        var out = folder.resolve("out").toString();
        assertThat(Cli.run("run", file.toString(), "--allow-vacuous", "--out", out).code())
                .isZero();
        assertThat(Cli.run("replay", file.toString()).code()).isEqualTo(2);
        assertThat(Cli.run("replay", file.toString(), "--allow-vacuous").code()).isZero();
    }

    @Test
    void theVerdictGoesToBuildServersToo() throws IOException {
        var file = folder.resolve("elsewhere.xml");
        var out = folder.resolve("out");
        Cli.run("run", "worked/sc-20-crash", "--junit", file.toString(), "--out", out.toString());
        assertThat(Files.readString(file))
                .contains("<testsuite name=\"sc-20-crash\"")
                .isEqualTo(Files.readString(out.resolve("junit.xml")));
    }

    @Test
    void aBudgetThatIsUsedUpLeavesTheRunInconclusive() {
        var run =
                Cli.run(
                        "run",
                        "three-regions",
                        "--set",
                        "limits.events=1000",
                        "--out",
                        folder.toString());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).contains("the budget of events was used up");
    }

    @Test
    void everyCommandHelps() {
        for (var command :
                new String[][] {
                    {"--help"},
                    {"run", "--help"},
                    {"check", "--help"},
                    {"search", "--help"},
                    {"replay", "--help"},
                    {"sweep", "--help"},
                    {"shrink", "--help"},
                    {"scenario", "--help"},
                    {"scenario", "show", "--help"},
                    {"version", "--help"},
                    {"completion", "--help"}
                }) {
            var help = Cli.run(command);
            assertThat(help.code()).isZero();
            assertThat(help.out()).contains("Usage: faultline");
        }
        assertThat(Cli.run("completion").out()).contains("three-regions").contains("complete -F");
        assertThat(Cli.run("version").out()).startsWith("faultline ");
    }

    @Test
    void theCatalogueIsListedShownAndChecked() {
        var list = Cli.run("scenario", "list").out();
        assertThat(list).contains("three-regions").contains("worked/sc-01-confirming");
        for (var line : list.lines().toList()) {
            var name = line.substring(0, line.indexOf(' '));
            assertThat(Cli.run("check", name).code()).as(name).isZero();
        }
        assertThat(Cli.run("scenario", "show", "three-regions").out()).contains("$suspect");
        assertThat(Cli.run("scenario", "show", "--resolved", "three-regions").out())
                .contains("suspect: 2s")
                .contains("maxConcurrent: 2");
        assertThat(Cli.run("scenario", "schema").out()).contains("faultline/v1");
    }

    private static String fingerprint(Path results) throws IOException {
        return Files.readString(results.resolve("result.json"))
                .lines()
                .filter(line -> line.contains("\"fingerprint\""))
                .findFirst()
                .orElseThrow();
    }
}
