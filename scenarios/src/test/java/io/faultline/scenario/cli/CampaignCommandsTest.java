package io.faultline.scenario.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.kernel.Trace;
import io.faultline.report.invariant.OwnInvariant;
import io.faultline.report.invariant.Rules;
import io.faultline.report.invariant.Violation;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import javax.tools.ToolProvider;

/// What the commands that make more than one run promise.
class CampaignCommandsTest {

    private static final String SCENARIO =
            """
            apiVersion: faultline/v1
            name: lossy
            params: { suspect: 1600ms }
            topology: { partitions: 4 }
            protocol:
              detector: { kind: heartbeat-timeout, heartbeat: 500ms, suspect: $suspect, failure: 5s }
            phases: { chaos: 20s }
            faults:
              - at: 2s
                message-loss: { chance: 25%, messages: [heartbeat], from: [n1, n2] }
              - at: 10s
                crash: { partitions: [P3] }
            expect:
              never: [suspicion-withdrawn]
              sometimes: [partition-failed]
            """;

    @TempDir private Path folder;
    private String file;

    @BeforeEach
    void writeScenario() throws IOException {
        file = Files.writeString(folder.resolve("lossy.yaml"), SCENARIO).toString();
    }

    private String out(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void aSearchEndsWithTheGravestExitCodeAndWritesWhatItFound() throws IOException {
        var search = Cli.run("search", file, "--seeds", "1..0x14", "--out", out("search"));
        assertThat(search.code()).isEqualTo(1);
        assertThat(search.out()).startsWith("FAILURES  lossy").contains("20 counted");
        for (var name : List.of("runs.ndjson", "summary.json", "summary.txt")) {
            assertThat(folder.resolve("search").resolve(name)).isNotEmptyFile();
        }
        assertThat(folder.resolve("search/summary.txt")).hasContent(search.out());
        var json = Cli.run("search", file, "--seeds", "1..20", "--json", "--out", out("json"));
        assertThat(json.out()).isEqualTo(Files.readString(folder.resolve("search/summary.json")));
    }

    @Test
    void allRunsOfASearchAreMadeTwiceIfThatIsAskedFor() {
        var all = recheck("100%");
        assertThat(all.out()).contains("20 runs were made twice, and none differed");
        assertThat(recheck("0%").out()).contains("0 runs were made twice");
        assertThat(recheck("5").code()).isEqualTo(Exit.USAGE);
    }

    private Cli recheck(String share) {
        return Cli.run(
                "search", file, "--seeds", "1..20", "--recheck", share, "--out", out("re" + share));
    }

    @Test
    void aCleanSearchSaysHowSureThatIs() {
        var search =
                Cli.run(
                        "search",
                        file,
                        "--set",
                        "suspect=4s",
                        "--seeds",
                        "1..30",
                        "--jobs",
                        "1",
                        "--out",
                        out("clean"));
        assertThat(search.code()).isZero();
        assertThat(search.out())
                .startsWith("CLEAN")
                .contains("30 clean independent seeds: fewer than 9.5 % fail, at 95 % confidence");
    }

    @Test
    void aBudgetEndsASearchWithoutSeeds() {
        var search = Cli.run("search", file, "--budget", "300ms", "--out", out("budget"));
        assertThat(search.out()).contains("seeds          1..").contains("budget was used up");
    }

    @Test
    void theFirstFailureEndsASearchIfThatIsAskedFor() {
        var search =
                Cli.run(
                        "search",
                        file,
                        "--seeds",
                        "1..500",
                        "--stop-on",
                        "first",
                        "--out",
                        out("first"));
        assertThat(search.code()).isEqualTo(1);
        assertThat(search.out()).contains(", 1 failed,").contains("as many failures as asked for");
    }

    @Test
    void asManyFailuresEndASearchAsThatIsAskedFor() {
        var three =
                Cli.run(
                        "search",
                        file,
                        "--seeds",
                        "1..500",
                        "--stop-on",
                        "3",
                        "--out",
                        out("three"));
        assertThat(three.out()).contains(", 3 failed,").contains("as many failures as asked for");
        var never =
                Cli.run(
                        "search",
                        file,
                        "--seeds",
                        "1..100",
                        "--stop-on",
                        "never",
                        "--out",
                        out("never"));
        assertThat(never.out()).contains("100 counted: all seeds were run");
    }

    @Test
    void aSearchEndsWhenSoManySeedsBroughtNothingNew() {
        var soon = untilStable("5");
        var later = untilStable("50");
        assertThat(soon.out()).contains("nothing new came for as many seeds as asked for");
        assertThat(counted(soon)).isGreaterThanOrEqualTo(5).isLessThan(counted(later));
        assertThat(counted(later)).isBetween(50, 500);
    }

    /// Nothing is left to chance here: what the first seed brings, a fault that is in effect while
    /// all is calm, all others bring as well.
    @Test
    void aMeetingOfFaultAndPhaseIsNewOnce() {
        assertThat(counted(untilStable("worked/sc-20-crash", "5"))).isEqualTo(1 + 5);
    }

    private Cli untilStable(String seeds) {
        return untilStable(file, seeds);
    }

    private Cli untilStable(String scenario, String seeds) {
        return Cli.run(
                "search",
                scenario,
                "--seeds",
                "1..2000",
                "--until-stable",
                seeds,
                "--out",
                out("stable" + seeds));
    }

    private static int counted(Cli search) {
        return Integer.parseInt(search.out().replaceAll("(?s).* of which (\\d+) counted.*", "$1"));
    }

    /// Nothing is run again, and the order of the shards does not matter.
    @Test
    void aSearchInShardsIsTheSameAsInOneGo() throws IOException {
        Cli.run("search", file, "--seeds", "1..50", "--out", out("whole"));
        for (var shard : List.of("1/3", "2/3", "3/3")) {
            var name = "shard" + shard.charAt(0);
            var run =
                    Cli.run(
                            "search", file, "--seeds", "1..50", "--shard", shard, "--out",
                            out(name));
            assertThat(run.out()).contains("1..50, part " + shard.charAt(0) + " of 3, of which 1");
        }
        var merged =
                Cli.run(
                        "search",
                        file,
                        "--seeds",
                        "1..50",
                        "--merge",
                        out("shard3"),
                        "--merge",
                        out("shard1"),
                        "--merge",
                        out("shard2"),
                        "--out",
                        out("merged"));
        assertThat(merged.code()).isEqualTo(1);
        for (var name : List.of("summary.json", "summary.txt")) {
            assertThat(folder.resolve("merged").resolve(name))
                    .hasSameBinaryContentAs(folder.resolve("whole").resolve(name));
        }
        assertThat(Files.readAllLines(folder.resolve("merged/runs.ndjson")))
                .containsExactlyInAnyOrderElementsOf(
                        Files.readAllLines(folder.resolve("whole/runs.ndjson")))
                .startsWith(Files.readAllLines(folder.resolve("shard3/runs.ndjson")).getFirst());
        assertThat(
                        Cli.run(
                                        "search",
                                        file,
                                        "--set",
                                        "suspect=4s",
                                        "--seeds",
                                        "1..50",
                                        "--merge",
                                        out("shard1"),
                                        "--out",
                                        out("other"))
                                .err())
                .contains("is another one");
        assertThat(
                        Cli.run(
                                        "search",
                                        file,
                                        "--seeds",
                                        "1..50",
                                        "--merge",
                                        out("whole"),
                                        "--out",
                                        out("whole"))
                                .err())
                .contains("which is where the results go");
        assertThat(Files.readAllLines(folder.resolve("whole/runs.ndjson"))).hasSize(50);
    }

    @Test
    void aSweepIsResumedAndItsFolderIsNotGivenToAnother() throws IOException {
        var arguments =
                List.of("sweep", file, "--vary", "suspect=1s,2s", "--repeat", "3", "--jobs");
        Cli.run(with(arguments, "1", "--out", out("whole")));
        Cli.run(with(arguments, "2", "--out", out("cut")));
        Files.delete(folder.resolve("cut/sweep.json"));
        var runs = Files.readAllLines(folder.resolve("cut/runs.ndjson"));
        Files.write(folder.resolve("cut/runs.ndjson"), runs.subList(0, 4));
        var again = Cli.run(with(arguments, "1", "--out", out("cut")));
        assertThat(again.code()).isEqualTo(64);
        assertThat(again.err()).contains("the runs of a sweep").contains("--resume " + out("cut"));
        assertThat(Cli.run(with(arguments, "1", "--resume", out("cut"))).code()).isZero();
        for (var name : List.of("sweep.json", "cells.csv", "runs.csv")) {
            assertThat(folder.resolve("cut").resolve(name))
                    .hasSameBinaryContentAs(folder.resolve("whole").resolve(name));
        }
        var other = Cli.run("sweep", file, "--vary", "suspect=1s,3s", "--resume", out("cut"));
        assertThat(other.code()).isEqualTo(64);
        assertThat(other.err()).contains("is another one: see line 2 of plan.ndjson");
    }

    private static String[] with(List<String> arguments, String... further) {
        var all = new ArrayList<>(arguments);
        all.addAll(List.of(further));
        return all.toArray(String[]::new);
    }

    @Test
    void aSearchIsResumedOnlyWhereItBegan() {
        Cli.run("search", file, "--seeds", "1..5", "--out", out("part"));
        var more = Cli.run("search", file, "--seeds", "1..10", "--resume", out("part"));
        assertThat(more.out()).contains("10 counted");
        var other =
                Cli.run(
                        "search",
                        file,
                        "--set",
                        "suspect=4s",
                        "--seeds",
                        "1..10",
                        "--resume",
                        out("part"));
        assertThat(other.code()).isEqualTo(64);
        assertThat(other.err())
                .contains("'parameter suspect was 1600ms' there, 'parameter suspect was 4s' here");
        var elsewhere = Cli.run("search", "three-regions", "--seeds", "1", "--resume", out("part"));
        assertThat(elsewhere.err()).contains("'name: lossy' there, 'name: three-regions' here");
    }

    @Test
    void whatASearchLeftUnfinishedIsNotOverwritten() throws IOException {
        Cli.run("search", file, "--seeds", "1..5", "--out", out("cut"));
        Files.delete(folder.resolve("cut/summary.json"));
        var again = Cli.run("search", file, "--seeds", "1..5", "--out", out("cut"));
        assertThat(again.code()).isEqualTo(64);
        assertThat(again.err()).contains("--resume");
    }

    /// A folder says of one thing how it can be repeated.
    @Test
    void aRunAndASearchDoNotShareAFolder() throws IOException {
        Cli.run("search", file, "--seeds", "1..3", "--out", out("search"));
        var run = Cli.run("run", file, "--out", out("search"));
        assertThat(run.code()).isEqualTo(Exit.USAGE);
        assertThat(run.err()).contains("has the runs of a campaign");
        Cli.run("run", file, "--out", out("run"));
        var resolved = folder.resolve("run/scenario.resolved.yaml");
        var before = Files.readString(resolved);
        var search =
                Cli.run(
                        "search",
                        file,
                        "--set",
                        "suspect=2s",
                        "--seeds",
                        "1..3",
                        "--out",
                        out("run"));
        assertThat(search.code()).isEqualTo(Exit.USAGE);
        assertThat(search.err()).contains("has the results of a run");
        assertThat(resolved).hasContent(before);
    }

    @Test
    void whatAnEarlierSearchHasShrunkGoesWithItsRuns() throws IOException {
        Cli.run("search", file, "--seeds", "1..20", "--shrink", "--out", out("search"));
        var shrunk = folder.resolve("search/shrunk");
        var note = Files.writeString(shrunk.resolve("seed-7.txt"), "a note of mine");
        assertThat(shrunk).isDirectoryContaining(Files::isDirectory);
        Cli.run("search", file, "--set", "suspect=4s", "--seeds", "1..3", "--out", out("search"));
        assertThat(shrunk.toFile().listFiles()).containsExactly(note.toFile());
    }

    @Test
    void theFirstFailureOfEachKindIsShrunkIfThatIsAskedFor() throws IOException {
        var plain = Cli.run("search", file, "--seeds", "1..20", "--out", out("plain"));
        assertThat(plain.out()).doesNotContain("shrunk");
        assertThat(folder.resolve("plain/shrunk")).doesNotExist();
        var search =
                Cli.run("search", file, "--seeds", "1..20", "--shrink", "--out", out("search"));
        assertThat(search.code()).isEqualTo(1);
        var seed = search.out().replaceAll("(?s).*reproduce: .* --seed (\\d+)\\R.*", "$1");
        assertThat(search.out())
                .containsPattern("needed:    1 of 2 faults, [12] of 4 partitions, .* of 20.000s\n")
                .contains("shrunk:    shrunk/seed-" + seed + "/shrunk.yaml");
        var shrunk = folder.resolve("search/shrunk/seed-" + seed + "/shrunk.yaml");
        var again = Cli.run("search", shrunk.toString(), "--seeds", seed, "--out", out("again"));
        assertThat(again.out()).contains(" × violated (safety): never suspicion-withdrawn");
        assertThat(Files.readString(folder.resolve("search/summary.json")))
                .contains("\"shrunk\": \"shrunk/seed-" + seed + "/shrunk.yaml\"");
        var same =
                Cli.run(
                        "search",
                        file,
                        "--seeds",
                        "1..20",
                        "--shrink",
                        "--jobs",
                        "1",
                        "--out",
                        out("same"));
        assertThat(same.out()).isEqualTo(search.out());
        assertThat(folder.resolve("same/shrunk/seed-" + seed + "/shrunk.yaml"))
                .hasSameTextualContentAs(shrunk);
    }

    @Test
    void aBudgetEndsTheShrinkingOfASearch() {
        var search =
                Cli.run(
                        "search",
                        file,
                        "--seeds",
                        "1..20",
                        "--shrink",
                        "--shrink-budget",
                        "1us",
                        "--out",
                        out("search"));
        assertThat(search.code()).isEqualTo(1);
        assertThat(search.out()).doesNotContainPattern("needed:.*(?<!all was tried)\n");
    }

    /// What was drawn is written as ordinary faults, and goes the same way from there.
    @Test
    void whatASeedDrawsIsRunReplayedAndShrunkLikeAnyScenario() throws IOException {
        Cli.run("run", file, "--swarm", "--seed", "3", "--out", out("run"));
        var result = folder.resolve("run/result.json");
        assertThat(result).content().contains(" --swarm --seed 3");
        var resolved = folder.resolve("run/scenario.resolved.yaml");
        assertThat(resolved).content().doesNotContain("swarm").contains("during:");
        assertThat(Cli.run("replay", out("run")).out()).contains(", as recorded");
        var again = Cli.run("run", resolved.toString(), "--json", "--out", out("again"));
        assertThat(again.out()).contains(fingerprint(result));
        Cli.run("search", file, "--swarm", "--seeds", "1..5", "--out", out("search"));
        assertThat(folder.resolve("search/scenario.resolved.yaml")).content().contains("swarm:");
        assertThat(Cli.run("replay", out("search"), "--seed", "3").out())
                .contains(", as recorded")
                .contains(fingerprint(result));
    }

    private static String fingerprint(Path result) throws IOException {
        return Files.readString(result)
                .replaceFirst("(?s).*\"fingerprint\": \"([0-9a-f]+)\".*", "$1");
    }

    @Test
    void aSwarmThatIsSearchedInPartsIsTheSameAsInOneGo() throws IOException {
        Cli.run("search", file, "--swarm", "--seeds", "1..60", "--out", out("whole"));
        Cli.run("search", file, "--swarm", "--seeds", "1..25", "--jobs", "1", "--out", out("part"));
        Cli.run("search", file, "--swarm", "--seeds", "1..60", "--resume", out("part"));
        assertThat(folder.resolve("part/summary.json"))
                .hasSameBinaryContentAs(folder.resolve("whole/summary.json"));
    }

    @Test
    void aReplayIsComparedWithTheResults() throws IOException {
        var run = Cli.run("run", file, "--seed", "3", "--out", out("run"));
        var replay = Cli.run("replay", out("run"), "--from", "9s", "--to", "10s");
        assertThat(replay.code()).isEqualTo(run.code());
        assertThat(replay.out())
                .startsWith("lossy, seed 3\n")
                .contains("10.000s  faults        fault 1 begins: crash of P3")
                .doesNotContain("2.000s")
                .contains(", as recorded");
        var result = folder.resolve("run/result.json");
        assertThat(Cli.run("replay", result.toString()).out()).contains(", as recorded");
        var forged =
                Files.readString(result).replaceFirst("(\"fingerprint\": \")[0-9a-f]{4}", "$1----");
        Files.writeString(result, forged);
        var differs = Cli.run("replay", out("run"));
        assertThat(differs.code()).isEqualTo(5);
        assertThat(differs.err()).contains("went differently");
    }

    @Test
    void aRunOfASearchIsReplayedByItsSeed() {
        Cli.run("search", file, "--seeds", "1..5", "--out", out("search"));
        assertThat(Cli.run("replay", out("search")).code()).isEqualTo(64);
        assertThat(Cli.run("replay", out("search"), "--seed", "4").out()).contains(", as recorded");
        var json = Cli.run("replay", out("search"), "--seed", "4", "--json").out();
        assertThat(json).contains("\"same\": true").contains("\"text\": \"fault 1 begins");
    }

    /// Enter is asked for after each sentence; after q there are no more of them, but the run is
    /// over all the same.
    @Test
    void aReplayIsToldStepByStep() {
        var whole = Cli.run("replay", file, "--from", "2s", "--to", "11s");
        var all = typing("\n".repeat(100), "--from", "2s", "--to", "11s");
        assertThat(all.out()).isEqualTo(whole.out());
        assertThat(sentences(whole)).hasSizeGreaterThan(3);
        var two = typing("\nq\n", "--from", "2s", "--to", "11s");
        assertThat(sentences(two)).isEqualTo(sentences(whole).subList(0, 2));
        assertThat(two.code()).isEqualTo(whole.code());
        assertThat(two.out()).endsWith(whole.out().lines().toList().getLast() + "\n");
        assertThat(sentences(typing("q"))).hasSize(1);
        assertThat(typing("", "--from", "2s", "--to", "11s").out())
                .as("nobody is there to press a key")
                .isEqualTo(whole.out());
    }

    private Cli typing(String keys, String... options) {
        var in = System.in;
        System.setIn(new ByteArrayInputStream(keys.getBytes(StandardCharsets.UTF_8)));
        try {
            var arguments = new ArrayList<>(List.of("replay", file, "--step"));
            arguments.addAll(List.of(options));
            return Cli.run(arguments.toArray(String[]::new));
        } finally {
            System.setIn(in);
        }
    }

    private static List<String> sentences(Cli replay) {
        return replay.out().lines().filter(line -> line.matches(" +[0-9.]+s  .*")).toList();
    }

    @Test
    void aReplayIsToldFromOneTimeToAnother() {
        var whole = sentences(Cli.run("replay", file));
        var from = sentences(Cli.run("replay", file, "--from", "10s"));
        var to = sentences(Cli.run("replay", file, "--to", "9999ms"));
        assertThat(from).isNotEmpty().isSubsetOf(whole);
        assertThat(to).isNotEmpty().isSubsetOf(whole);
        assertThat(from.size() + to.size()).isEqualTo(whole.size());
        assertThat(from.getFirst()).contains("10.000s");
        assertThat(sentences(Cli.run("replay", file, "--from", "12s", "--to", "11s"))).isEmpty();
    }

    @Test
    void aReplayMayBeHeldAgainstAFingerprint() {
        assertThat(Cli.run("replay", file, "--fingerprint", "0123456789ab").code()).isEqualTo(5);
        assertThat(Cli.run("replay", file, "--fingerprint", "xyz").code()).isEqualTo(64);
    }

    @Test
    void aScenarioIsCheckedByRunningItTwice() {
        var check = Cli.run("check", file, "--determinism", "--seed", "9");
        assertThat(check.code()).isZero();
        assertThat(check.out()).startsWith("lossy, seed 9: identical, ").contains("fingerprint");
        assertThat(Cli.run("check", file, "--determinism", "--json").out())
                .contains("\"passed\": true")
                .contains("\"eventHash\"");
        assertThat(Cli.run("check", file, "--seed", "9").code()).isEqualTo(64);
    }

    @Test
    void aSweepRunsEveryCellWithTheSameSeeds() throws IOException {
        var sweep =
                Cli.run(
                        "sweep",
                        file,
                        "--vary",
                        "suspect=1s..7s:4",
                        "--vary",
                        "topology.partitions=4,6",
                        "--repeat",
                        "5",
                        "--out",
                        out("sweep"));
        assertThat(sweep.code()).isZero();
        // Nobody is suspected only when he has been declared failed.
        assertThat(sweep.out()).contains("suspect=7s topology.partitions=4  skipped: ");
        var runs = Files.readAllLines(folder.resolve("sweep/runs.csv"));
        assertThat(runs.getFirst())
                .startsWith(
                        "cell,suspect,topology.partitions,seed,answer,exit_code,signature,"
                                + "fingerprint,")
                .contains("detection.latency p99");
        assertThat(runs).hasSize(1 + 4 * 5);
        for (var seed : List.of("1", "5")) {
            assertThat(runs)
                    .filteredOn(line -> line.matches("\\d+,\\w+,\\d," + seed + ",.*"))
                    .hasSize(4);
        }
        var cells = Files.readString(folder.resolve("sweep/cells.csv"));
        assertThat(cells.lines().filter(line -> line.contains("detection.latency mean")))
                .hasSize(4);
        assertThat(Files.readString(folder.resolve("sweep/sweep.json")))
                .contains("\"low95\"")
                .contains("\"complete\": true")
                .contains("\"skipped\"");
    }

    /// Every cell has the same seeds, so cells of different ones would be one cell several times.
    @Test
    void aSweepVariesNoSeedsAndNeedsAsManyAsItHas() {
        var varied = Cli.run("sweep", file, "--vary", "seed=1,2", "--out", out("sweep"));
        assertThat(varied.code()).isEqualTo(Exit.USAGE);
        assertThat(varied.err()).contains("the seed is not varied");
        var last =
                Cli.run(
                        "sweep",
                        file,
                        "--vary",
                        "suspect=1s,2s",
                        "--set",
                        "seed=9223372036854775807",
                        "--out",
                        out("sweep"));
        assertThat(last.code()).isEqualTo(Exit.USAGE);
        assertThat(last.err()).contains("there are not 10 seeds from 9223372036854775807 on");
        assertThat(folder.resolve("sweep")).doesNotExist();
    }

    /// Asserts what does not hold.
    record Asserting() implements OwnInvariant {
        @Override
        public String description() {
            return "what is asserted holds";
        }

        @Override
        public List<Violation> check(Trace trace, Rules rules) {
            throw new AssertionError("it does not");
        }
    }

    /// The exit code of Java would be that of a violation of safety.
    @Test
    void anErrorInAClassOfYoursIsNoVerdict() throws IOException {
        var always = "expect:\n  always: [" + Asserting.class.getCanonicalName() + "]";
        Files.writeString(Path.of(file), SCENARIO.replace("expect:", always));
        for (var command : List.of("run", "replay", "shrink", "explain")) {
            var run = Cli.run(command, file);
            assertThat(run.code()).as(command).isEqualTo(Exit.INTERNAL);
            assertThat(run.err()).contains("java.lang.AssertionError: it does not");
        }
    }

    @Test
    void aLatinHypercubeHasAsManyCellsAsTheLongestRange() {
        var sweep =
                Cli.run(
                        "sweep",
                        file,
                        "--vary",
                        "suspect=1s..4s:7",
                        "--vary",
                        "faults[0].message-loss.chance=0%..30%:2",
                        "--sampler",
                        "lhs",
                        "--repeat",
                        "1",
                        "--out",
                        out("lhs"));
        assertThat(sweep.out().lines()).hasSize(1 + 7);
    }

    /// Of 2 times 3 cells, those with a suspicion after fewer than three heartbeats are left out.
    @Test
    void cellsThatDoNotMeetAConstraintAreLeftOut() throws IOException {
        var sweep = sweep("constrained", "suspect >= 3 * protocol.detector.heartbeat");
        assertThat(sweep.code()).isZero();
        assertThat(sweep.out())
                .contains("2 of 6 cells do not meet the constraints and are left out\n")
                .doesNotContain("heartbeat=1s suspect=2s");
        assertThat(Files.readString(folder.resolve("constrained/sweep.json")))
                .contains("\"leftOut\": 2");
        assertThat(Files.readAllLines(folder.resolve("constrained/runs.csv"))).hasSize(1 + 4);
        assertThat(
                        sweep("two", "suspect >= 3 * protocol.detector.heartbeat", "suspect != 4s")
                                .out())
                .contains("4 of 6 cells");
        assertThat(sweep("path", "2 * protocol.detector.suspect > topology.partitions * 1s").out())
                .contains("2 of 6 cells");
    }

    @Test
    void constraintsThatMakeNoSenseOrLeaveNothingAreMistakes() {
        var typo = sweep("typo", "suspct >= 3s");
        assertThat(typo.code()).isEqualTo(64);
        assertThat(typo.err()).contains("column 1: ", "did you mean 'suspect'?", "  ^");
        var mixed = sweep("mixed", "suspect >= 3");
        assertThat(mixed.code()).isEqualTo(64);
        assertThat(mixed.err()).contains("these cannot be compared: a time and a number");
        var nothing = sweep("nothing", "suspect > 10s");
        assertThat(nothing.code()).isEqualTo(64);
        assertThat(nothing.err()).contains("no cell is left: none of 6 meets the constraints");
    }

    private Cli sweep(String out, String... constraints) {
        var arguments =
                new ArrayList<>(
                        List.of(
                                "sweep",
                                file,
                                "--vary",
                                "protocol.detector.heartbeat=500ms,1s",
                                "--vary",
                                "suspect=2s,2500ms,4s",
                                "--repeat",
                                "1",
                                "--out",
                                out(out)));
        for (var constraint : constraints) {
            arguments.addAll(List.of("--constraint", constraint));
        }
        return Cli.run(arguments.toArray(String[]::new));
    }

    @Test
    void aSweepInWhichNothingFitsSaysSo() {
        var sweep = Cli.run("sweep", file, "--vary", "suspect=8s,9s", "--out", out("nothing"));
        assertThat(sweep.code()).isEqualTo(65);
    }

    @Test
    void aFailureIsShrunkToAScenarioThatFailsInTheSameWay() throws IOException {
        var search =
                Cli.run(
                        "search",
                        file,
                        "--seeds",
                        "1..50",
                        "--stop-on",
                        "first",
                        "--out",
                        out("search"));
        var seed = search.out().replaceAll("(?s).*reproduce: .* --seed (\\d+)\\R.*", "$1");
        var shrink = Cli.run("shrink", out("search"), "--seed", seed, "--out", out("shrunk"));
        assertThat(shrink.code()).isZero();
        assertThat(shrink.out())
                .startsWith(
                        "lossy, seed " + seed + "\nviolated (safety): never suspicion-withdrawn")
                .contains("reproduce: ./faultline run ");
        var shrunk = folder.resolve("shrunk");
        assertThat(shrink.out()).contains(Files.readString(shrunk.resolve("shrunk.yaml")));
        assertThat(shrunk.resolve("LossySeed" + seed + "Test.java")).isNotEmptyFile();
        var again = Cli.run("run", shrunk.resolve("shrunk.yaml").toString(), "--out", out("again"));
        assertThat(again.code()).isEqualTo(1);
        var json = Cli.run("shrink", file, "--seed", seed, "--json", "--out", out("json")).out();
        assertThat(json).contains("\"complete\": true").contains("\"signature\"");
    }

    /// As whoever finds it would: compiled as it is, and run.
    @Test
    void theTestThatIsWrittenForAFailureCompilesAndPasses() throws Exception {
        assertThat(Cli.run("shrink", file, "--seed", "1", "--out", out("small")).code()).isZero();
        var test = folder.resolve("small/LossySeed1Test.java").toString();
        var classes = Files.createDirectory(folder.resolve("classes"));
        int compiled =
                ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-proc:none", "-d", classes.toString(), test);
        assertThat(compiled).isZero();
        var urls = new URL[] {classes.toUri().toURL()};
        try (var loader = new URLClassLoader(urls, getClass().getClassLoader())) {
            var made = loader.loadClass("LossySeed1Test").getDeclaredConstructor();
            made.setAccessible(true);
            var method = made.getDeclaringClass().getDeclaredMethod("theSameGoesWrong");
            method.setAccessible(true);
            method.invoke(made.newInstance());
        }
    }

    @Test
    void aRunInWhichNothingGoesWrongIsNotShrunk() {
        var shrink = Cli.run("shrink", file, "--set", "suspect=4s", "--out", out("shrunk"));
        assertThat(shrink.code()).isEqualTo(2);
        assertThat(shrink.err()).contains("nothing goes wrong in ./faultline run");
        assertThat(folder.resolve("shrunk")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    search three-regions                           | 64 | --seeds 1..1000
                    search three-regions --seeds x                 | 64 | a seed is a whole number
                    search three-regions --seeds 1 --stop-on often | 64 | --stop-on takes
                    search three-regions --seeds 1 --jobs 0        | 64 | --jobs
                    search three-regions --seeds 1 --until-stable 0| 64 | --until-stable
                    search three-regions --budget ten              | 64 | ten
                    search three-regions --seeds 1 --resume no/dir | 64 | there is no search
                    search three-regions --seeds 1 --shard 5/4     | 64 | --shard takes I/N
                    search three-regions --sedes 1                 | 64 | --seeds
                    sweep three-regions                            | 64 | --vary
                    sweep three-regions --vary suspect             | 64 | path=lo..hi:n
                    sweep three-regions --vary a=1 --vary a=2      | 64 | varied once
                    sweep three-regions --vary suspect=2s --repeat 0 | 64 | --repeat
                    replay thre-regions                            | 66 | did you mean
                    """)
    void mistakesGetASentenceAndTheirExitCode(String line, int code, String sentence) {
        var run = Cli.run(line.split(" +"));
        assertThat(run.code()).isEqualTo(code);
        assertThat(run.err()).contains(sentence).doesNotContain("\tat ");
        assertThat(run.out()).isEmpty();
    }
}
