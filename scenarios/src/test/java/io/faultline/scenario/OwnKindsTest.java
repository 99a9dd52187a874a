package io.faultline.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.Trace;
import io.faultline.model.Setting;
import io.faultline.model.World;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.fault.Effect;
import io.faultline.model.fault.OwnFault;
import io.faultline.model.observation.Observed.OwnObservation;
import io.faultline.report.goal.Aftermath;
import io.faultline.report.goal.OwnGoal;
import io.faultline.report.goal.Reach;
import io.faultline.report.invariant.OwnInvariant;
import io.faultline.report.invariant.Rules;
import io.faultline.report.invariant.Violation;
import io.faultline.report.metric.Fold;
import io.faultline.report.metric.Most;
import io.faultline.report.metric.OwnPeak;
import io.faultline.report.metric.OwnShare;
import io.faultline.report.metric.Ratio;
import io.faultline.report.metric.Sieve;
import io.faultline.report.metric.Tag;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Kinds that are no part of this program, in scenario files: what can be said of them, and what is
/// said of mistakes.
class OwnKindsTest {

    private static final String HERE = OwnKindsTest.class.getCanonicalName();

    /// Half of the parameters are left out.
    record Hum(
            @Setting("whom it disturbs") List<PartitionId> partitions,
            @Setting(value = "how long", byDefault = "5ms") Duration takes,
            @Setting("how loud") Optional<Double> loudness,
            @Setting(value = "how it sounds", byDefault = "{}") Sound sound)
            implements OwnFault {

        Hum {
            if (takes.isZero()) {
                throw new IllegalArgumentException("takes must be longer than 0");
            }
        }

        @Override
        public Runnable inject(World world, Effect effect) {
            effect.take();
            io.faultline.kernel.entity.Kronos.observe(new Hummed(partitions.size(), sound));
            return () -> {};
        }

        @Override
        public List<PartitionId> targets(World world, Effect effect) {
            return partitions;
        }
    }

    record Sound(@Setting(value = "a note", byDefault = "a") String note) {}

    record Hummed(int many, Sound sound) implements OwnObservation {}

    record Loudest() implements OwnPeak {
        @Override
        public String description() {
            return "the most that were disturbed";
        }

        @Override
        public Most of(Trace trace) {
            return new Most(trace.all(Hummed.class).mapToInt(Hummed::many).max().orElse(0));
        }
    }

    record Half() implements OwnShare {
        @Override
        public String description() {
            return "one half";
        }

        @Override
        public Ratio of(Trace trace) {
            return new Ratio(1, 2);
        }
    }

    /// Sees each observation once, and can be asked about a part of the run.
    record Hums() implements OwnPeak {
        @Override
        public String description() {
            return "the most that were disturbed";
        }

        @Override
        public List<Tag> tags() {
            return List.of(Tag.DURING);
        }

        @Override
        public Fold<Most> begin(Sieve sieve) {
            var most = new long[1];
            return Fold.of(
                    () -> new Most(most[0]),
                    entry -> {
                        if (entry.what() instanceof Hummed hummed && sieve.takes(entry)) {
                            most[0] = Math.max(most[0], hummed.many());
                        }
                    },
                    Hummed.class);
        }

        @Override
        public Most of(Trace trace) {
            return begin(Sieve.all(trace)).over(trace);
        }
    }

    record Silence() implements OwnInvariant {
        @Override
        public String description() {
            return "nobody hums";
        }

        @Override
        public List<Violation> check(Trace trace, Rules rules) {
            return trace.stream()
                    .filter(entry -> entry.what() instanceof Hummed)
                    .map(entry -> new Violation(entry, "somebody hums"))
                    .toList();
        }
    }

    /// Reached with the last hum that is asked for.
    record HummedEnough(@Setting(value = "how often", byDefault = "1") int times)
            implements OwnGoal {
        @Override
        public String description() {
            return "it was hummed so often";
        }

        @Override
        public Reach reach(Trace trace, Aftermath aftermath) {
            var heard = new int[1];
            return Reach.atEachInstant(
                    trace,
                    entry -> {
                        if (entry.what() instanceof Hummed) {
                            heard[0]++;
                        }
                    },
                    () -> heard[0] >= times);
        }
    }

    record NoFault(int x) {}

    static final class NoRecord implements OwnFault {
        @Override
        public Runnable inject(World world, Effect effect) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<PartitionId> targets(World world, Effect effect) {
            return List.of();
        }
    }

    record Unwritable(Thread thread) implements OwnFault {
        @Override
        public Runnable inject(World world, Effect effect) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<PartitionId> targets(World world, Effect effect) {
            return List.of();
        }
    }

    @Test
    void parametersHaveTheirDefaultsAndSurviveBeingWritten() {
        var scenario = sketch("partitions: [P1]").scenario();
        assertThat(scenario.faults().getFirst().fault())
                .isEqualTo(
                        new Hum(
                                List.of(new PartitionId(1)),
                                Duration.ofMillis(5),
                                Optional.empty(),
                                new Sound("a")));
        var written = ScenarioWriter.write(scenario);
        assertThat(written).contains("class: " + HERE + ".Hum");
        var source = new Source("written.yaml", written);
        assertThat(new ScenarioParser(Judge.VOCABULARY).parse(source, Map.of()))
                .isEqualTo(scenario);
    }

    @Test
    void aRecordInJavaIsAsGood() {
        var hum = new Hum(List.of(), Duration.ofMillis(7), Optional.of(0.5), new Sound("c sharp"));
        var sketch = Scenario.named("own").partitions(3).chaos("10s").fault("at: 1s", hum);
        assertThat(sketch.scenario().faults().getFirst().fault()).isEqualTo(hum);
    }

    @Test
    void observationsMetricsAndInvariantsAreJudged() {
        var sketch =
                sketch("partitions: [P1, P2], sound: { note: b }")
                        .observed("{ at: 1s, own: { class: %s.Hummed, many: 2 } }".formatted(HERE))
                        .threshold(HERE + ".Loudest", "=2")
                        .threshold(HERE + ".Half", "=50%");
        sketch.run().mustHold();
        assertThat(sketch.breaks(HERE + ".Silence").run().held()).isTrue();
        assertThat(sketch.tolerates(HERE + ".Silence").run().held()).isTrue();
        var broken = sketch.always(HERE + ".Silence").run();
        assertThat(broken.held()).isFalse();
        assertThat(broken.summary()).contains("somebody hums");
        assertThat(broken.result().measurements()).containsKeys(HERE + ".Loudest", HERE + ".Half");
    }

    @Test
    void goalsAreJudgedAndSurviveBeingWritten() {
        var sketch = sketch("partitions: [P1]").quiet("5s");
        var once = sketch.eventually(HERE + ".HummedEnough", "2s");
        once.run().mustHold();
        var twice = sketch.eventually(HERE + ".HummedEnough(times=2)", "2s");
        assertThat(twice.run().held()).isFalse();
        assertThat(twice.run().result().verdict().exitCode()).isEqualTo(3);
        assertThat(twice.run().summary()).contains("HummedEnough(", "not at all, due by 12.000s");
        var written = new Source("written.yaml", ScenarioWriter.write(twice.scenario()));
        assertThat(new ScenarioParser(Judge.VOCABULARY).parse(written, Map.of()))
                .isEqualTo(twice.scenario());
        assertThatThrownBy(() -> sketch.eventually(HERE + ".HummedEnuf", "2s").scenario())
                .hasMessageContaining("there is no class")
                .hasMessageContaining("did you mean '" + HERE + ".HummedEnough'?");
        assertThatThrownBy(() -> sketch.eventually(HERE + ".Silence", "2s").scenario())
                .hasMessageContaining("does not implement io.faultline.report.goal.OwnGoal");
        assertThatThrownBy(
                        () -> sketch.eventually(HERE + ".HummedEnough(often=2)", "2s").scenario())
                .hasMessageContaining("unknown key 'often'");
    }

    @Test
    void aMetricThatSeesEachObservationOnceMayHaveTagsAndEndRuns() {
        var sketch = sketch("partitions: [P1, P2]");
        var chaos = HERE + ".Hums{during:chaos}";
        var quiet = HERE + ".Hums{during:quiet}";
        var run = sketch.quiet("5s").threshold(chaos, "=2").threshold(quiet, "=0").run();

        assertThat(run.result().measurements())
                .containsEntry(chaos, new Most(2))
                .containsEntry(quiet, new Most(0))
                .containsEntry(HERE + ".Hums", new Most(2));
        for (var kind : List.of("Hums", "Loudest")) {
            var ends =
                    sketch.with(
                            "thresholds.\"" + HERE + "." + kind + "\"",
                            "[{ threshold: \"<2\", abortOnFail: true }]");
            assertThat(ends.run().result().outcome().clock())
                    .as(kind)
                    .isEqualTo(SimTime.of(Duration.ofSeconds(1)));
        }
        assertThatThrownBy(() -> sketch.threshold(HERE + ".Hums{region:eu}", "=0").scenario())
                .hasMessageContaining("has no tag 'region'; it has during");
    }

    @Test
    void anotherObservationOfTheSameKindIsNotIt() {
        var run =
                sketch("partitions: [P1]")
                        .observed("{ own: { class: %s.Hummed, many: 2 } }".formatted(HERE))
                        .run();
        assertThat(run.held()).isFalse();
        assertThat(run.summary()).contains("hummed {many: 2}");
    }

    @Test
    void aFaultMayFollowAnObservationOfOnesOwn() {
        var run =
                sketch("partitions: [P1]")
                        .fault(
                                """
                                after: { own: { class: %s.Hummed }, delay: 1s }
                                crash: { partitions: [P2] }
                                """
                                        .formatted(HERE))
                        .observed("{ at: 2s, node-crashed: { node: n2 } }")
                        .run();
        run.mustHold();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "class: $.Hmu|:7:19: there is no class '$.Hmu' on the class path — did you mean"
                        + " '$.Hum'?",
                "class: com.acme.Absent|there is no class 'com.acme.Absent' on the class path",
                "class: $.NoFault|class '$.NoFault' does not implement"
                        + " io.faultline.model.fault.OwnFault",
                "class: io.faultline.model.fault.Crash|does not implement",
                "class: $.NoRecord|class '$.NoRecord' is not a record",
                "class: $.Unwritable|component 'thread' of class '$.Unwritable' is a"
                        + " java.lang.Thread",
                "class: $.Hum, takes: 5|a duration needs a unit",
                "class: $.Hum, takes: 0ms|takes must be longer than 0",
                "class: $.Hum, taks: 5ms|unknown key 'taks'; '$.Hum' takes partitions, takes,"
                        + " loudness, sound — did you mean 'takes'?",
                "class: $.Hum, partitions: [P9]|unknown partition 'P9'",
                "takes: 5ms|'own' needs 'class'",
                "class: 5|'class' takes text",
            })
    void everyMistakeIsSaidWithItsPlace(String own, String complaint) {
        assertThatThrownBy(() -> faulty(own.replace("$", HERE)).scenario())
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining(complaint.replace("$", HERE).strip())
                .hasMessageContaining("toYaml():");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$.Silent|there is no class '$.Silent'",
                "$.Loudest|does not implement io.faultline.report.invariant.OwnInvariant",
                "$.Silence(x=1)|unknown key 'x'",
                "$.Silence(x|lacks its ')'",
                "$.Silence(x)|'x' in '$.Silence(x)' is no parameter; write name=value",
            })
    void mistakesInTheNamesOfInvariantsAreSaidToo(String invariant, String complaint) {
        assertThatThrownBy(() ->
                        sketch("partitions: [P1]").always(invariant.replace("$", HERE)).scenario())
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining(complaint.replace("$", HERE));
    }

    @Test
    void aConditionThatDoesNotFitTheKindOfMetricIsRefused() {
        assertThatThrownBy(() ->
                        sketch("partitions: [P1]")
                                .threshold(HERE + ".Loudest", "p99<2s")
                                .scenario())
                .hasMessageContaining("names a statistic");
        assertThatThrownBy(() ->
                        sketch("partitions: [P1]").threshold(HERE + ".Silence", "=1").scenario())
                .hasMessageContaining("OwnLatency or");
    }

    private static Sketch sketch(String parameters) {
        return faulty("class: " + HERE + ".Hum, " + parameters);
    }

    private static Sketch faulty(String own) {
        return Scenario.named("own")
                .partitions(3)
                .chaos("10s")
                .fault("{ at: 1s, own: { " + own + " } }");
    }
}
