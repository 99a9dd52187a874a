package io.faultline.scenario.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.kernel.Trace;
import io.faultline.model.Probability;
import io.faultline.report.invariant.OwnInvariant;
import io.faultline.report.invariant.Rules;
import io.faultline.report.invariant.Violation;
import io.faultline.scenario.Sketch;
import io.faultline.scenario.Source;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

class SearchTest {

    private static final String SEEDS = "1..60";

    @TempDir private Path folder;
    private int files;

    @Test
    void failuresAreGroupedByWhatWentWrong() throws IOException {
        var report = search(Lossy.plan(SEEDS), new LocalEngine(2));
        var summary = report.summary();
        assertThat(summary.runs()).isEqualTo(60);
        assertThat(summary.failures()).isBetween(5L, 55L);
        assertThat(summary.exitCode()).isEqualTo(1);
        var group =
                summary.groups()
                        .get("violated (safety): never suspicion-withdrawn ←" + " status-changed");
        assertThat(group.count()).isEqualTo(summary.failures());
        assertThat(report.text())
                .contains("reproduce: ./faultline run lossy.yaml --seed " + group.seed())
                .contains("never hit together: crash and detecting, redistributing");
        assertThat(report.failureProbability()).isPresent();
    }

    /// Cannot judge some of the runs.
    record Undecided() implements OwnInvariant {
        @Override
        public String description() {
            return "nobody knows";
        }

        @Override
        public List<Violation> check(Trace trace, Rules rules) {
            if (trace.size() % 3 == 0) {
                throw new IllegalStateException("no idea");
            }
            return List.of();
        }
    }

    @Test
    void aRunThatCannotBeJudgedIsReportedAndTheOthersAreMade() throws IOException {
        var sketch =
                Sketch.of(new Source("lossy", Lossy.TEXT))
                        .always(Undecided.class.getCanonicalName());
        var lossy = Lossy.plan("1..40");
        var plan =
                new Search.Plan(
                        sketch.scenario(),
                        List.of(),
                        lossy.replay(),
                        lossy.seeds(),
                        lossy.failures(),
                        lossy.stable(),
                        lossy.budget(),
                        new Probability(1));
        var report = search(plan, new LocalEngine(2));
        assertThat(report.summary().runs()).isEqualTo(40);
        assertThat(report.summary().twice()).isEqualTo(40);
        assertThat(report.summary().runs(RunRecord.BROKEN_DOWN)).isBetween(5L, 35L);
        assertThat(report.summary().runs(RunRecord.NOT_REPEATABLE)).isZero();
        assertThat(report.summary().exitCode()).isEqualTo(RunRecord.BROKEN_DOWN);
        var signature = "broken down: IllegalStateException in " + Undecided.class.getName();
        var group = report.summary().groups().get(signature + ".check");
        assertThat(group.findings().get("broken down"))
                .matches(
                        "java.lang.IllegalStateException: no idea, at .*Undecided.check\\(.*\\);"
                                + " seed %1$d; replay with: ./faultline run lossy.yaml --seed %1$d"
                                        .formatted(group.seed()));
    }

    /// Has no end, or says that something cannot be, or lacks a class, in some of the runs.
    record Hopeless() implements OwnInvariant {
        @Override
        public String description() {
            return "there is no hope";
        }

        @Override
        public List<Violation> check(Trace trace, Rules rules) {
            return switch (trace.size() / 2 % 4) {
                case 1 -> check(trace, rules);
                case 2 -> throw new AssertionError("this cannot be");
                case 3 -> throw new NoClassDefFoundError("com/acme/Left/Behind");
                default -> List.of();
            };
        }
    }

    @Test
    void anErrorInAClassOfYoursIsReportedAndTheOtherRunsAreMade() throws IOException {
        var sketch =
                Sketch.of(new Source("lossy", Lossy.TEXT))
                        .always(Hopeless.class.getCanonicalName());
        var report =
                search(Lossy.plan(sketch.scenario(), Seeds.parse("1..40")), new LocalEngine(2));
        assertThat(report.summary().runs()).isEqualTo(40);
        assertThat(report.summary().groups())
                .containsKeys(
                        "broken down: StackOverflowError",
                        "broken down: AssertionError in " + Hopeless.class.getName() + ".check",
                        "broken down: NoClassDefFoundError in "
                                + Hopeless.class.getName()
                                + ".check");
    }

    /// Of the others the first is shrunk all the same.
    @Test
    void aRunOfWhichNothingIsLeftIsNotShrunk() throws IOException {
        var sketch =
                Sketch.of(new Source("lossy", Lossy.TEXT))
                        .always(Undecided.class.getCanonicalName());
        var report =
                search(Lossy.plan(sketch.scenario(), Seeds.parse("1..40")), new LocalEngine(2));
        assertThat(report.summary().runs(RunRecord.BROKEN_DOWN)).isPositive();
        assertThat(report.summary().runs(1)).isPositive();
        var shrunk = new Shrinks(2, Duration.ofMinutes(1), () -> false).of(report);
        assertThat(shrunk.shrunk())
                .containsOnlyKeys("violated (safety): never suspicion-withdrawn ← status-changed");
    }

    @Test
    void whatCannotBeDrawnIsNotMissed() throws IOException {
        assertThat(missed(Map.of("swarm.shake", "true", "swarm.faults", "0")))
                .isNotEmpty()
                .isSubsetOf("crash", "message-loss");
        assertThat(missed(Map.of("swarm.replace", "true", "swarm.kinds", "[pause]")))
                .isSubsetOf("pause");
    }

    /// The kinds that never met the recovery in one run.
    private Set<String> missed(Map<String, String> swarm) throws IOException {
        var plan = Lossy.plan(Lossy.scenario(swarm), Seeds.parse("1"));
        return search(plan, new LocalEngine(1)).neverHitTogether().keySet();
    }

    @Test
    void aShardWithoutSeedsIsOverAtOnceAndHasProvedNothing() throws IOException {
        var two = Lossy.plan("1..2");
        var report = search(Lossy.plan(two.scenario(), two.seeds().part(3, 4)), new LocalEngine(1));
        assertThat(report.ending()).isEqualTo(Search.Ending.ALL);
        assertThat(report.summary().runs()).isZero();
        assertThat(report.summary().exitCode()).isEqualTo(2);
        assertThat(report.text()).contains("nothing is known, since no run was conclusive");
    }

    @Test
    void theNumberOfThreadsDoesNotMatter() throws IOException {
        var one = search(Lossy.plan(SEEDS), new LocalEngine(1));
        var four = search(Lossy.plan(SEEDS), new LocalEngine(4));
        assertThat(four.json()).isEqualTo(one.json());
        assertThat(four.text()).isEqualTo(one.text());
    }

    @Test
    void anEngineSomewhereElseGivesTheSame() throws IOException {
        var here = search(Lossy.plan(SEEDS), new LocalEngine(1));
        assertThat(search(Lossy.plan(SEEDS), new Elsewhere()).json()).isEqualTo(here.json());
    }

    @Test
    void stoppingOnFailuresCountsTheSameSeedsOnAnyNumberOfThreads() throws IOException {
        var plan = Lossy.plan("1..1000", OptionalLong.of(3), OptionalLong.empty());
        var one = search(plan, new LocalEngine(1));
        assertThat(one.ending()).isEqualTo(Search.Ending.FAILURES);
        assertThat(one.summary().failures()).isEqualTo(3);
        assertThat(one.failureProbability()).isEmpty();
        assertThat(search(plan, new LocalEngine(4)).json()).isEqualTo(one.json());
        assertThat(search(plan, new Elsewhere()).json()).isEqualTo(one.json());
    }

    @Test
    void aSearchThatEndsWhileATaskIsBeingFetchedGivesItOut() throws IOException {
        try (var log = RunLog.open(folder.resolve("ending.ndjson"))) {
            var search = new Search(Lossy.plan(SEEDS), log);
            search.run(
                    new Engine() {
                        @Override
                        public void run(Iterator<Task> tasks, Consumer<RunRecord> records) {
                            assertThat(tasks.hasNext()).isTrue();
                            search.interrupt();
                            assertThat(tasks.next().seed()).isEqualTo(1);
                            assertThat(tasks.hasNext()).isFalse();
                        }

                        @Override
                        public void interrupt() {}
                    });
        }
    }

    @Test
    void aSearchWithoutNewsEnds() throws IOException {
        var plan = Lossy.plan("1..100000", OptionalLong.empty(), OptionalLong.of(20));
        var one = search(plan, new LocalEngine(1));
        assertThat(one.ending()).isEqualTo(Search.Ending.STABLE);
        assertThat(one.summary().runs()).isBetween(20L, 500L);
        assertThat(search(plan, new LocalEngine(3)).json()).isEqualTo(one.json());
    }

    @Test
    void aProgramThatIsKilledGoesOnToTheSameSummary() throws Exception {
        var file = Files.writeString(folder.resolve("lossy.yaml"), Lossy.TEXT);
        var whole = folder.resolve("whole");
        assertThat(search(file, "--out", whole).waitFor()).isEqualTo(1);
        var killed = folder.resolve("killed");
        var runs = killed.resolve("runs.ndjson");
        Program.killOnceLong(search(file, "--out", killed), runs);
        assertThat(killed.resolve("summary.json")).doesNotExist();
        assertThat(search(file, "--resume", killed).waitFor()).isEqualTo(1);
        for (var name : List.of("summary.json", "summary.txt")) {
            assertThat(killed.resolve(name)).hasSameBinaryContentAs(whole.resolve(name));
        }
        try (var lines = Files.lines(runs)) {
            assertThat(lines).hasSize(300);
        }
    }

    private static Process search(Path file, String option, Path folder) throws IOException {
        return Program.start(
                "search", file.toString(), "--seeds", "1..300", option, folder.toString());
    }

    private SearchReport search(Search.Plan plan, Engine engine) throws IOException {
        try (var log = RunLog.open(folder.resolve("runs" + files++ + ".ndjson"))) {
            var search = new Search(plan, log);
            search.run(engine);
            return new SearchReport(plan, search.summary(), search.ending().orElseThrow(), "test");
        }
    }

    /// Sends everything as JSON, and gives results back in another order.
    private static final class Elsewhere implements Engine {
        @Override
        public void run(Iterator<Task> tasks, Consumer<RunRecord> records) {
            var random = new Random(3);
            while (tasks.hasNext()) {
                var batch = new ArrayList<Task>();
                while (batch.size() < 16 && tasks.hasNext()) {
                    batch.add(Task.ofJson(tasks.next().toJson()));
                }
                var made = Collections.synchronizedList(new ArrayList<String>());
                new LocalEngine(2).run(batch.iterator(), record -> made.add(record.toJson()));
                Collections.shuffle(made, random);
                made.stream().map(RunRecord::ofJson).forEach(records);
            }
        }

        @Override
        public void interrupt() {}
    }
}
