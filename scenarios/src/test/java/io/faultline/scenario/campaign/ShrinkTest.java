package io.faultline.scenario.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed.FaultInjected;
import io.faultline.model.observation.Observed.PartitionPlaced;
import io.faultline.report.invariant.OwnInvariant;
import io.faultline.report.invariant.Rules;
import io.faultline.report.invariant.Violation;
import io.faultline.report.verdict.Answer;
import io.faultline.scenario.Catalogue;
import io.faultline.scenario.During;
import io.faultline.scenario.Judge;
import io.faultline.scenario.Run;
import io.faultline.scenario.Scenario;
import io.faultline.scenario.ScenarioParser;
import io.faultline.scenario.Sketch;
import io.faultline.scenario.Source;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import javax.tools.ToolProvider;

class ShrinkTest {

    /// Of all this, the second fault is all that has a partition suspected in vain.
    private static final String BIG =
            """
            apiVersion: faultline/v1
            name: big-one
            seed: 9
            topology:
              partitions: 12
              regions: [paris, rome]
              network: { latency: "lognormal(p50=2ms,p99=9ms)", roundTrips: { paris: { rome: 20ms } } }
            protocol:
              detector: { kind: heartbeat-timeout, heartbeat: 500ms, suspect: 1730ms, failure: 9s }
              barrier: { timeout: 5s, work: exponential(mean=300ms) }
            workload: { rate: 5/s, service: exponential(mean=5ms) }
            phases: { warmup: 5s, chaos: 120s, quiet: 30s }
            faults:
              - at: 20s
                crash: { partitions: [P2] }
              - during: 61500ms..64300ms
                message-loss: { messages: [heartbeat], from: [n7, n8] }
              - at: 80s
                crash: { partitions: [P4, P5] }
              - during: 90s..91s
                message-loss: { chance: 1%, messages: [heartbeat], from: [n1] }
            script:
              - at: 70s
                operator-heal: { partition: P9 }
            expect:
              never: [suspicion-withdrawn, recovery-livelock]
              sometimes: [partition-failed]
            thresholds:
              detection.latency: ["p99<60s"]
            """;

    @TempDir private Path folder;

    @Test
    void whatIsNotNeededIsTakenAway() {
        var shrunk = shrink(big());
        assertThat(shrunk.complete()).isTrue();
        assertThat(shrunk.signature().text())
                .isEqualTo("violated (safety): never suspicion-withdrawn ← status-changed");
        var small = shrunk.scenario();
        assertThat(small.faults()).hasSize(1);
        assertThat(small.faults().getFirst().fault().toString()).contains("MessageLoss");
        assertThat(small.script()).isEmpty();
        assertThat(small.topology().partitions()).isLessThanOrEqualTo(2);
        assertThat(small.topology().regions()).isEmpty();
        assertThat(small.phases().end()).isLessThan(SimTime.of(Duration.ofSeconds(15)));
        assertThat(small.expect().never()).containsExactly("suspicion-withdrawn");
        assertThat(small.thresholds()).isEmpty();
        assertThat(small.workload()).isEmpty();
        assertThat(shrunk.yaml().lines()).hasSizeLessThan(20);
    }

    @Test
    void whatIsLeftGoesWrongInTheSameWayWhenItIsReadAgain() {
        var shrunk = shrink(big());
        var again = Run.of(parse(new ShrinkReport(shrunk).yaml()), "", "");
        assertThat(Signature.of(again)).isEqualTo(shrunk.signature());
        assertThat(again.result().fingerprint()).isEqualTo(shrunk.run().result().fingerprint());
    }

    /// One loss of two seconds would do where there are many of three.
    @Test
    void whatRepeatsComesToRepeatLess() {
        var often = BIG.replace("during: 61500ms..64300ms", OFTEN);
        var shrunk = shrink(parse(often));
        assertThat(shrunk.complete()).isTrue();
        var fault = shrunk.scenario().faults();
        assertThat(fault).hasSize(1);
        assertThat(fault.getFirst().fault().toString()).contains("MessageLoss");
        assertThat(shrunk.run().result().trace().all(FaultInjected.class).count()).isOne();
        assertThat(shrunk.scenario().phases().end()).isLessThan(SimTime.of(Duration.ofSeconds(30)));
    }

    private static final String OFTEN =
            "every: 10s\n    for: 3s\n    jitter: 0ms..100ms\n    within: 10s..110s\n    times: 9";

    @Test
    void theSameIsAlwaysShrunkTheSameWay() {
        var one = shrink(big());
        var two = shrink(big());
        assertThat(two.yaml()).isEqualTo(one.yaml());
        assertThat(two.runs()).isEqualTo(one.runs());
    }

    @Test
    void whenTimeIsOverWhatThereIsStillGoesWrong() {
        for (int limit : List.of(0, 1, 5, 12)) {
            var tried = new AtomicInteger();
            var shrunk = Shrink.of(big(), () -> tried.incrementAndGet() > limit).orElseThrow();
            assertThat(shrunk.complete()).isFalse();
            assertThat(shrunk.runs()).isEqualTo(limit + 1);
            assertThat(Signature.of(Run.of(parse(shrunk.yaml()), "", "")))
                    .isEqualTo(shrunk.signature());
        }
    }

    @Test
    void aCleanScenarioIsNotShrunk() {
        var clean = parse(BIG.replace("suspect: 1730ms", "suspect: 6s"));
        assertThat(Shrink.of(clean, () -> false)).isEmpty();
    }

    /// Chance has the nodes chosen, and strikes four times; one node and one time will do.
    @Test
    void whatRepeatsStrikesOnceAndWhatIsChosenIsNamed() {
        var repeating =
                parse(
                        """
                        apiVersion: faultline/v1
                        name: repeating
                        topology: { partitions: 6 }
                        protocol:
                          detector: { kind: heartbeat-timeout, suspect: 2s, failure: 9s }
                        phases: { chaos: 40s }
                        faults:
                          - every: 7s
                            for: 3137ms
                            message-loss: { messages: [heartbeat, pause], from: { mode: fixed, count: 3 } }
                        expect: { never: [suspicion-withdrawn] }
                        """);
        var small = shrink(repeating).scenario().faults().getFirst();
        assertThat(small.schedule()).isInstanceOf(During.class);
        assertThat(((During) small.schedule()).span().toString())
                .matches("\\d+m?s\\.\\.\\d{1,4}m?s");
        assertThat(small.fault().toString())
                .matches("MessageLoss.*messages=\\[], from=(\\[n0]|\\[]).*");
    }

    /// What a search of the catalogue's general scenario finds is small when it is shrunk.
    @Test
    void failuresThatWereDrawnShrinkToFewFaultsAndPartitions() {
        var source = Catalogue.load().find("chaos/twelve-partitions");
        var system = new ScenarioParser(Judge.VOCABULARY).parse(source, Map.of());
        var found = new LinkedHashMap<Signature, Scenario>();
        for (long seed = 1; seed <= 60; seed++) {
            var run = Run.of(system.withSeed(seed), "", "");
            if (run.result().verdict().answer() == Answer.VIOLATED) {
                found.putIfAbsent(Signature.of(run), system.withSeed(seed));
            }
        }
        assertThat(found).hasSizeGreaterThanOrEqualTo(2);
        found.sequencedValues().stream()
                .limit(4)
                .forEach(failure -> {
                    var shrunk = shrink(failure);
                    var small = shrunk.scenario();
                    assertThat(small.faults()).hasSizeBetween(1, 3);
                    assertThat(small.topology().partitions()).isLessThanOrEqualTo(6);
                    assertThat(small.phases().end()).isLessThan(SimTime.of(Duration.ofSeconds(31)));
                    for (int i = 0; i < 10; i++) {
                        assertThat(Signature.of(Run.of(parse(shrunk.yaml()), "", "")))
                                .isEqualTo(shrunk.signature());
                    }
                });
    }

    @Test
    void theTestThatIsWrittenCompilesAndPasses() throws Exception {
        var report = new ShrinkReport(shrink(big()));
        assertThat(report.testName()).isEqualTo("BigOneSeed9Test");
        var source =
                Files.writeString(
                        folder.resolve(report.testName() + ".java"),
                        report.test()
                                .replace("class Big", "public class Big")
                                .replace("void the", "public void the"));
        var compiler = ToolProvider.getSystemJavaCompiler();
        assertThat(
                        compiler.run(
                                null,
                                null,
                                null,
                                "-proc:none",
                                "-d",
                                folder.toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                source.toString()))
                .isZero();
        try (var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            var test = loader.loadClass(report.testName());
            var method = test.getMethod("theSameGoesWrong");
            var constructor = test.getDeclaredConstructor();
            constructor.setAccessible(true);
            method.invoke(constructor.newInstance());
        }
    }

    /// Silence of 15 s is two digits, and one of 20 s is one, but longer.
    @Test
    void nothingGetsLongerToBeRounder() {
        var shrunk =
                shrink(
                        parse(
                                """
                                apiVersion: faultline/v1
                                name: silence
                                topology: { partitions: 2 }
                                protocol:
                                  detector: { kind: heartbeat-timeout, suspect: 5s, failure: 12s }
                                phases: { chaos: 15s }
                                faults:
                                  - during: 0ms..15s
                                    message-loss: { messages: [heartbeat], from: [n1] }
                                expect: { never: [partition-failed] }
                                """));
        assertThat(shrunk.complete()).isTrue();
        assertThat(shrunk.scenario().phases().chaos()).isLessThanOrEqualTo(Duration.ofSeconds(15));
        var again = shrink(parse(shrunk.yaml()));
        assertThat(again.yaml()).isEqualTo(shrunk.yaml());
    }

    @Test
    void theTestHasTheScenarioAsItIsWhateverItSays() {
        var about = "the NAME of a SIGNATURE in a SCENARIO";
        var report =
                new ShrinkReport(shrink(parse(BIG.replace("seed: 9", "seed: 9\nabout: " + about))));
        assertThat(report.yaml()).contains(about);
        assertThat(report.test()).contains(about);
    }

    /// Cannot judge a run in which less happened than one would think.
    record Spoilt() implements OwnInvariant {
        @Override
        public String description() {
            return "there is enough to judge";
        }

        @Override
        public List<Violation> check(Trace trace, Rules rules) {
            if (trace.all(PartitionPlaced.class).count() < 4) {
                throw new IllegalStateException("too little");
            }
            return List.of();
        }
    }

    @Test
    void whatCouldNotBeJudgedIsNotTaken() {
        var sketch =
                Sketch.of(new Source("lossy", Lossy.TEXT.replace("25%", "60%")))
                        .always(Spoilt.class.getCanonicalName());
        var shrunk = shrink(sketch.scenario());
        assertThat(shrunk.signature().text()).contains("never suspicion-withdrawn");
        assertThat(shrunk.complete()).isTrue();
    }

    @Test
    void theTableSaysWhatWasNeeded() {
        var report = new ShrinkReport(shrink(big()));
        assertThat(report.text())
                .containsPattern("faults +4 +1\n")
                .containsPattern("scripted actions +1 +0\n")
                .containsPattern("partitions +12 +[12]\n")
                .containsPattern("virtual time +155.000s ");
    }

    private static Shrink.Shrunk shrink(Scenario scenario) {
        return Shrink.of(scenario, () -> false).orElseThrow();
    }

    private static Scenario big() {
        return parse(BIG);
    }

    private static Scenario parse(String text) {
        return new ScenarioParser(Judge.VOCABULARY).parse(new Source("big", text), Map.of());
    }
}
