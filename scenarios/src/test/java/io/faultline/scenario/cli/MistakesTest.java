package io.faultline.scenario.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.scenario.Catalogue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Mistakes at the command line, and results that are not what they should be: the exit code and
/// the first thing that is said. There is one message, and never a stack trace.
///
/// The scenario `lossy.yaml` is searched with the seeds 1 to 5 in `search`, and run with seed 3 in
/// `run`.
class MistakesTest {

    private static final String SCENARIO =
            """
            apiVersion: faultline/v1
            name: lossy
            params: { suspect: 1600ms }
            topology: { partitions: 4 }
            protocol:
              detector: { kind: heartbeat-timeout, suspect: $suspect, failure: 5s }
            phases: { chaos: 20s }
            faults:
              - at: 2s
                message-loss: { chance: 25%, messages: [heartbeat], from: [n1, n2] }
              - at: 10s
                crash: { partitions: [P3] }
            expect: { never: [suspicion-withdrawn], sometimes: [partition-failed] }
            """;

    @TempDir private static Path folder;

    @BeforeAll
    static void makeResults() throws IOException {
        Files.writeString(folder.resolve("lossy.yaml"), SCENARIO);
        Files.writeString(
                folder.resolve("verdict.yaml"),
                SCENARIO.replace("suspicion-withdrawn", "suspicion-withdrawnn"));
        Files.createDirectory(folder.resolve("empty"));
        run("search DIR/lossy.yaml --seeds 1..5 --out DIR/search");
        run("run DIR/lossy.yaml --seed 3 --out DIR/run");
        copy("run", "changed", "scenario.resolved.yaml", "chance: 25%", "chance: 26%");
        copy("run", "torn", "result.json", "\"seed\"", "\"sed\"");
        copy(
                "search",
                "garbage",
                "runs.ndjson",
                "\\{\"schemaVersion\":1,\"cell\":0,\"seed\":2",
                "?");
        copy("search", "nonsense", "runs.ndjson", "(?s).*", "nonsense");
        copy("search", "forged", "runs.ndjson", "\"exitCode\":", "\"exitCode\":\"x\",\"was\":");
    }

    private static void copy(String from, String to, String damaged, String what, String by)
            throws IOException {
        var target = Files.createDirectory(folder.resolve(to));
        for (var name : new String[] {"scenario.resolved.yaml", "result.json", "runs.ndjson"}) {
            var file = folder.resolve(from).resolve(name);
            if (Files.exists(file)) {
                var text = Files.readString(file);
                var changed = name.equals(damaged) ? text.replaceFirst(what, by) : text;
                assertThat(changed.equals(text)).isEqualTo(!name.equals(damaged));
                Files.writeString(target.resolve(name), changed);
            }
        }
    }

    private static Cli run(String line) {
        return Cli.run(line.replace("DIR", folder.toString()).split(" +"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    run nosuchthing                                         | 66 | nosuchthing: no scenario of this name, and no file; see './faultline scenario list'
                    run failures/half-lots                                  | 66 | failures/half-lots: no scenario of this name, and no file — did you mean 'failures/half-lost'?
                    run DIR/run                                             | 66 | DIR/run: is a folder, not a scenario file — did you mean 'DIR/run/scenario.resolved.yaml'?
                    run DIR/lossy.yaml --set suspect                        | 64 | faultline: write --set PATH=VALUE, as in --set protocol.detector.suspect=3s, and not 'suspect'
                    run DIR/lossy.yaml --set protocol.detektor.failure=6s   | 65 | --set protocol.detektor.failure=6s: unknown key 'detektor'
                    run DIR/lossy.yaml --out DIR/lossy.yaml/x               | 74 | faultline: cannot write DIR/lossy.yaml/x: Not a directory
                    run DIR/lossy.yaml --out DIR/lossy.yaml                 | 74 | faultline: cannot write DIR/lossy.yaml: a file is in its place
                    check DIR/verdict.yaml                                  | 65 | DIR/verdict.yaml:13:19: unknown verdict 'suspicion-withdrawnn' — did you mean 'suspicion-withdrawn'?
                    check DIR/lossy.yaml --seed 3                           | 64 | faultline: --seed needs --determinism: without it, nothing is run
                    search DIR/lossy.yaml                                   | 64 | faultline: say which seeds, as in --seeds 1..1000, or for how long: --budget 10m
                    search DIR/lossy.yaml --seeds 5..1                      | 64 | faultline: Invalid value for option '--seeds': the seeds 5..1 run backwards
                    search DIR/lossy.yaml --seeds 1..                       | 64 | faultline: Invalid value for option '--seeds': the seeds 1.. have no end; say one, as in 1..1000
                    search DIR/lossy.yaml --seeds 1 --jobs 0                | 64 | faultline: --jobs is 1 or more, but was 0
                    search DIR/lossy.yaml --seeds 1 --recheck 200%          | 64 | faultline: Invalid value for option '--recheck': '200%' is out of range; a chance lies between 0% and 100%
                    search DIR/lossy.yaml --seeds 1 --shrink-budget 3s      | 64 | faultline: --shrink-budget needs --shrink: without it, nothing is shrunk
                    search DIR/lossy.yaml --seeds 1 --stop-on frist         | 64 | faultline: --stop-on takes first, never or a number of failures, but not 'frist'
                    search DIR/lossy.yaml --seeds 1 --until-stable 0        | 64 | faultline: --until-stable takes 1 or more seeds, but not 0
                    search DIR/lossy.yaml --budget 0s                       | 64 | faultline: Invalid value for option '--budget': '0s' leaves no time; a budget is longer than 0s
                    search DIR/lossy.yaml --budget -1s                      | 64 | faultline: Invalid value for option '--budget': '-1s' is negative; a duration is at least 0s
                    search DIR/lossy.yaml --seeds 1 --swarm --set swarm.kinds=[crahs] | 65 | --set swarm.kinds=[crahs]: swarm: unknown fault 'crahs' — did you mean 'crash'?
                    search DIR/lossy.yaml --seeds 1 --resume DIR/empty      | 64 | faultline: there is no search in DIR/empty
                    search DIR/lossy.yaml --seeds 1 --resume DIR/search --out DIR/x | 64 | faultline: --resume says where the results go; leave --out out
                    search DIR/lossy.yaml --seeds 1 --set suspect=2s --resume DIR/search | 64 | faultline: the search in DIR/search is another one: 'parameter suspect was 1600ms' there, 'parameter suspect was 2s' here
                    search three-regions --seeds 1 --resume DIR/search      | 64 | faultline: the search in DIR/search is another one: 'name: lossy' there, 'name: three-regions' here
                    search DIR/lossy.yaml --seeds 1..9 --resume DIR/garbage | 65 | faultline: DIR/garbage/runs.ndjson is damaged: what begins at byte
                    search DIR/lossy.yaml --seeds 1..9 --resume DIR/nonsense | 65 | faultline: DIR/nonsense/runs.ndjson is damaged: what begins at byte 0 is no run
                    search DIR/lossy.yaml --seeds 1..9 --resume DIR/forged  | 65 | faultline: DIR/forged/runs.ndjson is damaged: a JSON object has no proper 'exitCode'
                    replay DIR/search                                       | 64 | faultline: DIR/search is a search; say which of its runs, as in --seed 1
                    replay DIR/empty                                        | 66 | DIR/empty: this folder has results of neither a run nor a search
                    replay DIR/torn                                         | 65 | faultline: DIR/torn/result.json is damaged: it is no result of a run
                    replay DIR/lossy.yaml --from 3s --to 2s                 | 64 | faultline: --from is after --to, so nothing lies between them
                    explain DIR/changed                                     | 5  | faultline: the run went differently: its fingerprint is
                    explain DIR/lossy.yaml --set suspect=4s                 | 2  | faultline: nothing goes wrong in ./faultline run DIR/lossy.yaml --set suspect=4s --seed 1, so there is nothing to explain
                    shrink DIR/changed                                      | 5  | faultline: the run went differently: its fingerprint is
                    shrink DIR/lossy.yaml --set suspect=4s                  | 2  | faultline: nothing goes wrong in ./faultline run DIR/lossy.yaml --set suspect=4s --seed 1, so there is nothing to shrink
                    sweep DIR/lossy.yaml                                    | 64 | faultline: Missing required option: '--vary=PATH=VALUES'
                    sweep DIR/lossy.yaml --vary suspct=1s,2s                | 65 | faultline: none of 2 cells can be run: unknown setting 'suspct'
                    sweep DIR/lossy.yaml --vary protocol.detektor.failure=3s,4s,5s | 65 | faultline: none of 3 cells can be run: unknown key 'detektor'
                    sweep DIR/lossy.yaml --vary suspect=8s,9s               | 65 | faultline: none of 2 cells can be run
                    sweep DIR/lossy.yaml --vary suspect=3s..1s:3            | 64 | faultline: a range goes from less to more, but not from 3s to 1s
                    sweep DIR/lossy.yaml --vary suspect=1s..3s:1            | 64 | faultline: a range has 2 to 999999 values, unlike 1s..3s:1
                    sweep DIR/lossy.yaml --vary suspect=1s..3s:99999999     | 64 | faultline: a range has 2 to 999999 values, unlike 1s..3s:99999999
                    sweep DIR/lossy.yaml --vary suspect=1s..3s:9999 --vary topology.partitions=2..99:90 | 64 | faultline: these are too many cells; 100 000 is the limit
                    sweep DIR/lossy.yaml --vary suspect=2s,3s --constraint suspect> | 64 | faultline: column 9: a setting, a number or a parenthesis is expected here
                    sweep DIR/lossy.yaml --vary suspect=2s,3s --out DIR/lossy.yaml | 74 | faultline: cannot write DIR/lossy.yaml: a file is in its place
                    """)
    void aMistakeGetsOneMessageAndItsExitCode(String line, int code, String begin) {
        var run = run(line);
        assertThat(run.err()).startsWith(begin.replace("DIR", folder.toString()));
        assertThat(run.code()).isEqualTo(code);
        assertThat(run.err()).doesNotContain("\tat ", "Exception");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void aSweepOfOneMisspeltPathComplainsOnceAndWritesNothing() {
        var sweep = run("sweep DIR/lossy.yaml --vary suspct=1s,2s,3s --out DIR/misspelt");
        assertThat(sweep.err().lines()).hasSize(1);
        assertThat(folder.resolve("misspelt")).doesNotExist();
        var unlike = run("sweep DIR/lossy.yaml --vary suspect=8s,9s --out DIR/misspelt");
        assertThat(unlike.err().lines()).hasSize(3).anyMatch(it -> it.startsWith("  suspect=9s: "));
    }

    @Test
    void aHypercubeMayHaveOneCell() {
        var sweep =
                run(
                        "sweep DIR/lossy.yaml --vary suspect=2s --sampler lhs --repeat 1 --out"
                                + " DIR/lhs");
        assertThat(sweep.code()).isZero();
        assertThat(sweep.out()).startsWith("lossy, seed 1 in every cell\nsuspect=2s ");
    }

    @Test
    void aSeedThatWasNotSearchedIsReplayedButSaidToBeUnknown() {
        var unknown = run("replay DIR/search --seed 99");
        assertThat(unknown.code()).isIn(0, 1, 2);
        assertThat(unknown.err())
                .startsWith("faultline: seed 99 was not run before, so there is nothing to compare")
                .endsWith("search has the seeds 1..5\n");
        assertThat(unknown.out()).doesNotContain("as recorded");
        assertThat(run("replay DIR/search --seed 5").err()).isEmpty();
        assertThat(run("replay DIR/run --seed 4").err()).endsWith("run has the seed 3\n");
        assertThat(run("replay DIR/run --seed 3").err()).isEmpty();
    }

    @Test
    void whatDoesNotHoldSaysHowToSeeItAgain() {
        assertThat(run("run DIR/lossy.yaml --seed 1 --out DIR/again").code()).isEqualTo(1);
        assertThat(run("replay DIR/search --seed 1").out())
                .contains("\nreproduce: ./faultline run");
        assertThat(run("replay DIR/changed").out()).contains("\nreproduce: ./faultline run ");
        assertThat(run("shrink DIR/changed").err()).contains("\nreproduce: ./faultline run ");
        assertThat(run("explain DIR/changed").err()).contains("\nreproduce: ./faultline run ");
    }

    @Test
    void aSearchThatGoesOnWithOtherSeedsSaysWhatItDoesNotCount() throws IOException {
        copy("search", "more", "", "", "");
        var more = run("search DIR/lossy.yaml --seeds 6..7 --resume DIR/more");
        assertThat(more.out()).contains("6..7, of which 2 counted");
        assertThat(more.err())
                .startsWith("faultline: 5 earlier runs in ")
                .contains(" with other seeds than 6..7 will not be counted\n");
    }

    @Test
    void aSearchMayProveNothingIfThatIsAllowed() throws IOException {
        var file = folder.resolve("vacuous.yaml");
        Files.writeString(
                file,
                """
                apiVersion: faultline/v1
                name: vacuous
                topology: { partitions: 3 }
                phases: { chaos: 1s }
                faults: [{ at: 500ms, message-loss: { messages: [heartbeat] } }]
                """);
        var search = "search DIR/vacuous.yaml --seeds 1..3 --recheck 0% --out DIR/vacuous ";
        assertThat(run(search).code()).isEqualTo(2);
        assertThat(run(search + "--allow-vacuous").code()).isZero();
        assertThat(run(search + "--allow-vacuous --json").out()).contains("\"vacuous\": 3");
        var budget = search + "--allow-vacuous --set limits.events=1";
        assertThat(run(budget).code()).as("a run that was not completed").isEqualTo(2);
        var violated = "search DIR/lossy.yaml --seeds 1..5 --allow-vacuous --out DIR/violated";
        assertThat(run(violated).code()).isEqualTo(1);
    }

    @Test
    void oneOfSomethingIsSaidToBeOne() {
        var one = "search DIR/lossy.yaml --set suspect=4s --seeds 1 --recheck 100% --out DIR/one";
        assertThat(run(one).out())
                .contains("1 run was made twice, and none differed")
                .contains("1 clean independent seed: fewer than 95 % fail");
        var all = "search DIR/lossy.yaml --set suspect=1100ms --seeds 1..9 --out DIR/all";
        assertThat(run(all).out()).doesNotContain("e+02");
    }

    @Test
    void theCatalogueIsNotRecitedToWhoeverMistypes() {
        assertThat(run("run nosuchthing").err().length()).isLessThan(100);
        assertThat(Catalogue.load().names()).hasSizeGreaterThan(20);
    }
}
