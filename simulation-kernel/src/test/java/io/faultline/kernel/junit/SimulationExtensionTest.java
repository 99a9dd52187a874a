package io.faultline.kernel.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.displayName;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedSuccessfully;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.EventConditions.test;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import io.faultline.kernel.Observation;
import io.faultline.kernel.SimTime;
import io.faultline.kernel.Simulation;
import io.faultline.kernel.entity.Entity;
import io.faultline.kernel.entity.Kronos;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What JUnit makes of tests with `@SimulationTest`.
class SimulationExtensionTest {

    record Beat(int n) implements Observation {}

    @Entity
    static class Heart {
        private int n;

        public void beat() {
            Kronos.observe(new Beat(++n));
            Kronos.sleep(1_000_000_000);
            this.beat();
        }

        public void fail() {
            throw new IllegalStateException("no pulse");
        }

        @Override
        public String toString() {
            return "heart";
        }
    }

    /// Keeps the tests below, some of which are to fail, out of every other run.
    static class OnlyHere implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return context.getConfigurationParameter("here").isPresent()
                    ? ConditionEvaluationResult.enabled("run by the test around it")
                    : ConditionEvaluationResult.disabled("only run by the test around it");
        }
    }

    @ExtendWith(OnlyHere.class)
    static class Good {
        static final List<Long> SEEDS = new ArrayList<>();
        static final List<String> ORDER = new ArrayList<>();

        private final Heart heart = new Heart();
        private Simulation before;

        @BeforeEach
        void setUp(Simulation simulation) {
            before = simulation;
            heart.beat();
        }

        @SimulationTest
        void runsInVirtualTime(Simulation simulation) {
            assertThat(simulation).isSameAs(before);
            simulation.runUntil(new SimTime(2_000_000_000L));
            TraceAssert.of(simulation).observed(Beat.class).times(3);
            heart.beat();
            simulation.runUntil(new SimTime(2_500_000_000L));
            TraceAssert.of(simulation).observed(Beat.class).times(4);
        }

        @SimulationTest(seed = 7, repetitions = 3)
        void runsWithSeveralSeeds(Simulation simulation) {
            SEEDS.add(simulation.seed());
        }

        @Often
        void runsAsAnAnnotationOfOnesOwnSays(Simulation simulation) {
            ORDER.add("test " + simulation.seed());
        }

        @AfterEach
        void tearDown() {
            ORDER.add("pending " + before.pending());
        }
    }

    @Retention(RetentionPolicy.RUNTIME)
    @SimulationTest(seed = 8, repetitions = 2)
    @interface Often {}

    @ExtendWith(OnlyHere.class)
    static class Bad {
        @SimulationTest
        void anEventFails(Simulation simulation) {
            Kronos.after(3_000_000_000L, () -> new Heart().fail());
            simulation.run();
        }

        @SimulationTest(seed = 1, repetitions = 2)
        void anAssertionFails(Simulation simulation) {
            assertThat(simulation.seed()).isEqualTo(1);
        }

        @SimulationTest
        void anAssumptionDoesNotHold() {
            Assumptions.assumeTrue(false);
        }

        @SimulationTest(repetitions = 0)
        void neverRuns() {}
    }

    @Test
    void aTestAndWhatIsAroundItStandInsideItsSimulation() {
        run(Good.class).assertStatistics(s -> s.started(6).succeeded(6));
        assertThat(Good.ORDER).contains("test 8", "pending 1");
    }

    @Test
    void aTestRunsWithItsSeedAndWithSeedsDerivedFromIt() {
        Good.SEEDS.clear();
        run(Good.class)
                .assertThatEvents()
                .haveExactly(1, event(test(), displayName("seed 7"), finishedSuccessfully()))
                .haveExactly(1, event(test(), displayName("seed 42"), finishedSuccessfully()))
                .haveExactly(1, event(test(), displayName("seed 8"), finishedSuccessfully()));
        assertThat(Good.SEEDS).hasSize(3).startsWith(7L).doesNotHaveDuplicates();
        assertThat(Good.SEEDS.get(1)).isEqualTo(SimulationExtension.seed(7, 1));
    }

    /// As `new java.util.SplittableRandom(7)` gives them.
    @Test
    void seedsAreDerivedAsSplitMix64DerivesThem() {
        var random = new java.util.SplittableRandom(7);
        assertThat(SimulationExtension.seed(7, 0)).isEqualTo(7);
        assertThat(SimulationExtension.seed(7, 1)).isEqualTo(random.nextLong());
        assertThat(SimulationExtension.seed(7, 2)).isEqualTo(random.nextLong());
    }

    @Test
    void aFailureSaysHowToReplayIt() {
        var printed = new StringBuilder();
        var tests = run(Bad.class, printed);
        var name = Bad.class.getName();
        var derived = SimulationExtension.seed(1, 1);
        assertThat(printed.toString().lines())
                .containsExactlyInAnyOrder(
                        name
                                + "#anEventFails failed with seed 42 at 3.000s, after 1 events; to"
                                + " run this seed alone: @SimulationTest(seed = 42)",
                        name
                                + "#anAssertionFails failed with seed "
                                + derived
                                + " at 0.000s, after 0 events; to run this seed alone:"
                                + " @SimulationTest(seed = "
                                + derived
                                + "L)");
        tests.assertThatEvents()
                .haveExactly(
                        1,
                        event(
                                displayName("seed 42"),
                                finishedWithFailure(
                                        message(
                                                "run failed at 3.000s in heart.fail():"
                                                        + " java.lang.IllegalStateException: no"
                                                        + " pulse; seed 42; replay with:"
                                                        + " @SimulationTest(seed = 42) on "
                                                        + name
                                                        + "#anEventFails"))));
    }

    @Test
    void aTestWithoutRepetitionsIsRefused() {
        execute(Bad.class, new StringBuilder())
                .containerEvents()
                .assertThatEvents()
                .haveExactly(
                        1,
                        event(
                                finishedWithFailure(
                                        message(
                                                Bad.class.getName()
                                                        + "#neverRuns: the repetitions of a"
                                                        + " @SimulationTest are at least 1, but"
                                                        + " were 0"))));
    }

    private static Events run(Class<?> tests) {
        var printed = new StringBuilder();
        var events = run(tests, printed);
        assertThat(printed).isEmpty();
        return events;
    }

    private static Events run(Class<?> tests, StringBuilder printed) {
        return execute(tests, printed).testEvents();
    }

    private static EngineExecutionResults execute(Class<?> tests, StringBuilder printed) {
        var err = System.err;
        var buffer = new ByteArrayOutputStream();
        System.setErr(new PrintStream(buffer, true, StandardCharsets.UTF_8));
        try {
            return EngineTestKit.engine("junit-jupiter")
                    .selectors(selectClass(tests))
                    .configurationParameter("here", "yes")
                    .execute();
        } finally {
            System.setErr(err);
            printed.append(buffer.toString(StandardCharsets.UTF_8));
        }
    }
}
