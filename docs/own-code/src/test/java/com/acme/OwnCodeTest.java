package com.acme;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.kernel.Trace;
import io.faultline.kernel.entity.Entity;
import io.faultline.model.Guest;
import io.faultline.model.OwnActor;
import io.faultline.model.World;
import io.faultline.model.cluster.Node;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.fault.Effect;
import io.faultline.model.network.Message;
import io.faultline.report.metric.OwnCount;
import io.faultline.report.metric.Tally;
import io.faultline.scenario.cli.Main;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Parameter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import javax.tools.ToolProvider;

/// What is promised of classes that are no part of Faultline: that they can be named in a scenario,
/// and do what they say. Each has its effect, and a control without it.
class OwnCodeTest {

    private static final String SCENARIO = "acme.yaml";

    private static final String HUSH =
            """
            package net.example;

            import io.faultline.model.*;
            import io.faultline.model.cluster.*;
            import io.faultline.model.fault.*;
            import java.util.List;

            record Hush(int loudness) implements OwnFault {
                public Runnable inject(World world, Effect effect) {
                    return () -> {};
                }

                public List<PartitionId> targets(World world, Effect effect) {
                    return List.of();
                }
            }
            """;

    @TempDir private Path folder;

    private record Cli(int code, String out, String err) {}

    @Test
    void theScenarioHolds() throws IOException {
        var run = run();
        assertThat(run.out()).startsWith("HELD");
        assertThat(run.code()).isZero();
        assertThat(Files.readString(folder.resolve("result.json")))
                .contains("com.acme.CanaryRoundTrip", "com.acme.SlowOperations(than=50ms)");
        assertThat(Files.readString(folder.resolve("report.html")))
                .contains("from the call of a canary to its answer");
    }

    @Test
    void theFaultMakesOperationsSlow() {
        assertThat(run("faults[1].own.takes=0ms").out())
                .startsWith("VIOLATED")
                .contains("com.acme.SlowOperations(than=50ms) >0", "measured 0");
    }

    @Test
    void theDetectorDecidesWhoHasFailed() {
        assertThat(run("protocol.detector.failure=1000").out())
                .startsWith("VIOLATED")
                .contains("status-changed {partition: P1, to: failed}");
    }

    @Test
    void theStrategyDecidesHowLongARecoveryTakes() {
        assertThat(run("protocol.recovery.strategy=phased").out())
                .startsWith("VIOLATED")
                .contains("recovery.latency max<50ms");
    }

    @Test
    void theActorObservesThatItsMessagesAreLost() {
        assertThat(run("faults[2].message-loss.messages=[heartbeat]").out())
                .startsWith("VIOLATED")
                .contains("unanswered {other: Lola}");
    }

    @Test
    void theInvariantIsViolatedWhereItDoesNotHold() {
        assertThat(run("expect.always=[com.acme.CanariesAreHeard]").out())
                .startsWith("VIOLATED")
                .contains("com.acme.CanariesAreHeard(misses=0)", "Tweety is not answered");
    }

    @Test
    void theGoalIsViolatedWhereItIsReachedTooLate() {
        var silent = "faults[2].during=20s..30s";
        var soon = "expect.eventually=[{ \"com.acme.CanariesSing(misses=%d)\": { within: 1ms } }]";
        var late = run(silent, "expect.always=[]", soon.formatted(0));
        assertThat(late.out())
                .startsWith("VIOLATED (LIVENESS)")
                .contains("eventually com.acme.CanariesSing(misses=0)", "only since 35.");
        assertThat(late.code()).isEqualTo(3);
        assertThat(run(silent, "expect.always=[]", soon.formatted(100)).out()).startsWith("HELD");
    }

    @Test
    void theLatencyIsBoundedLikeAnyOther() {
        assertThat(run("topology.network.latency=10ms").out())
                .startsWith("VIOLATED")
                .contains("com.acme.CanaryRoundTrip max<=6ms", "measured 20ms");
    }

    @Test
    void theRunCanBeRepeated() {
        var check = cli("check", SCENARIO, "--determinism");
        assertThat(check.out()).contains("identical");
        assertThat(check.code()).isZero();
    }

    @Test
    void theResolvedScenarioRunsToTheSameFingerprint() throws IOException {
        run();
        var first = Files.readString(folder.resolve("result.json"));
        var resolved = folder.resolve("scenario.resolved.yaml");
        var again = cli("run", resolved.toString(), "--json", "--out", folder + "/again");
        assertThat(again.out()).isEqualTo(first.replace(SCENARIO, resolved.toString()));
    }

    /// An actor that throws as soon as it begins.
    record Clumsy(NodeId node) implements OwnActor {
        @Override
        public Guest settle(String name, World world) {
            return new Faller(name, world.node(node));
        }

        @Entity
        static class Faller extends Guest {
            Faller(String name, Node host) {
                super(name, host);
            }

            @Override
            public void start() {
                throw new IllegalStateException("stumbled");
            }

            @Override
            protected void handle(Message message) {}
        }
    }

    /// A metric that throws.
    record Broken() implements OwnCount {
        @Override
        public String description() {
            return "nothing";
        }

        @Override
        public Tally of(Trace trace) {
            throw new IllegalStateException("miscounted");
        }
    }

    @Test
    void anActorThatThrowsIsNamedWithTheTimeAndHowToSeeItAgain() {
        var run = run("protocol.actors.Clumsy={ class: com.acme.OwnCodeTest.Clumsy, node: n1 }");
        assertThat(run.code()).isEqualTo(70);
        assertThat(run.err())
                .contains(
                        "faultline: a class of yours threw, at com.acme.OwnCodeTest$Clumsy$Faller.")
                .contains("run failed at 0.000s in", "stumbled")
                .contains("replay with: ./faultline run acme.yaml")
                .doesNotContain("fault of our own");
    }

    @Test
    void aMetricThatThrowsIsNamedToo() {
        var run = run("thresholds.\"com.acme.OwnCodeTest.Broken\"=['=0']");
        assertThat(run.code()).isEqualTo(70);
        assertThat(run.err())
                .contains("faultline: a class of yours threw, at com.acme.OwnCodeTest$Broken.of")
                .doesNotContain("fault of our own");
    }

    @Test
    void classesAreFoundWhereTheClassPathSaysAndOnAllThreadsOfASearch() throws IOException {
        var source = folder.resolve("Power.java");
        Files.writeString(
                source,
                """
                package net.example;

                import io.faultline.model.*;
                import io.faultline.model.cluster.*;
                import io.faultline.model.fault.*;
                import java.util.List;

                public record Power(NodeId node) implements OwnFault {
                    public Runnable inject(World world, Effect effect) {
                        Runnable cut = effect::take;
                        world.node(node).crash(cut);
                        return () -> world.node(node).crashOver(cut);
                    }

                    public List<PartitionId> targets(World world, Effect effect) {
                        return world.node(node).partitions();
                    }
                }
                """);
        var classes = folder.resolve("classes").toString();
        int compiled =
                ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-proc:none", "-d", classes, source.toString());
        assertThat(compiled).isZero();
        var scenario = folder.resolve("power.yaml").toString();
        Files.writeString(
                Path.of(scenario),
                """
                apiVersion: faultline/v1
                name: power
                topology: { partitions: 3 }
                phases: { chaos: 5s }
                faults: [{ during: 1s..2s, own: { class: net.example.Power, node: n1 } }]
                expect: { observed: [{ at: 2s, node-restarted: { node: n1 } }] }
                """);
        assertThat(cli("check", scenario).err())
                .contains("power.yaml:5:42: there is no class 'net.example.Power'");
        assertThat(cli("check", scenario, "--class-path", classes).code()).isZero();
        var out = folder.resolve("search").toString();
        var search =
                cli(
                        "search", scenario, "-cp", classes, "--seeds", "1..4", "--jobs", "2",
                        "--out", out);
        assertThat(search.code()).as(search.err()).isZero();
    }

    /// Of a process, since that is how an environment is set.
    @Test
    void theEnvironmentSaysWhereClassesAreAsWell() throws Exception {
        var source = Files.writeString(folder.resolve("Hush.java"), HUSH);
        var classes = folder.resolve("classes").toString();
        int compiled =
                ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-proc:none", "-d", classes, source.toString());
        assertThat(compiled).isZero();
        var scenario =
                Files.writeString(
                        folder.resolve("hush.yaml"),
                        """
                        apiVersion: faultline/v1
                        name: hush
                        topology: { partitions: 3 }
                        phases: { chaos: 5s }
                        faults: [{ at: 1s, own: { class: net.example.Hush, loudness: 3 } }]
                        """);
        var found = process(classes, "check", scenario.toString());
        assertThat(found.err()).isEmpty();
        assertThat(found.out()).startsWith("hush is fine");
        assertThat(process("", "check", scenario.toString()).code()).isEqualTo(65);
        assertThat(process("nowhere.jar", "check", scenario.toString()).err())
                .startsWith("faultline: FAULTLINE_CLASSPATH names 'nowhere.jar'");
        var failing = process(classes, "run", scenario.toString(), "--out", folder.toString());
        assertThat(failing.out()).contains("reproduce: ./faultline run").contains("--class-path ");
    }

    private Cli process(String classPath, String... arguments) throws Exception {
        var command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--add-exports",
                                "java.base/jdk.internal.vm=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Main.class.getName()));
        command.addAll(List.of(arguments));
        var err = folder.resolve("err.txt");
        var builder = new ProcessBuilder(command).redirectError(err.toFile());
        builder.environment().put("FAULTLINE_CLASSPATH", classPath);
        var process = builder.start();
        var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Cli(process.waitFor(), out, Files.readString(err));
    }

    /// What the README tells projects to put into their files is what this project is built with.
    @Test
    void theSnippetOfTheReadmeIsInThePom() throws IOException {
        var plugin = Pattern.compile("(?s)<plugin>\\s*<groupId>org.apache.*?</plugin>");
        var snippet = plugin.matcher(Files.readString(Path.of("README.md")));
        var pom = plugin.matcher(Files.readString(Path.of("pom.xml")));
        assertThat(snippet.find()).isTrue();
        assertThat(pom.find()).isTrue();
        assertThat(pom.group().replace("<parameters>false</parameters>", ""))
                .isEqualToIgnoringWhitespace(snippet.group());
        assertThat(Files.readString(Path.of("README.md"))).doesNotContain("-parameters");
    }

    @Test
    void recordsThatAreCompiledWithoutTheNamesOfParametersHaveTheirSettings() throws Exception {
        var inject = NoisyNeighbour.class.getDeclaredMethod("inject", World.class, Effect.class);
        assertThat(inject.getParameters()).hasSize(2).noneMatch(Parameter::isNamePresent);
        assertThat(run("faults[1].own.taks=0ms").err()).contains("did you mean 'takes'?");
    }

    @Test
    void aClassPathThatIsNotThereIsRefused() {
        var check = cli("check", SCENARIO, "--class-path", "nowhere.jar");
        assertThat(check.code()).isEqualTo(64);
        assertThat(check.err()).contains("--class-path names 'nowhere.jar'");
    }

    private Cli run(String... sets) {
        var arguments = new ArrayList<>(List.of("run", SCENARIO, "--no-color"));
        for (var set : sets) {
            arguments.addAll(List.of("--set", set));
        }
        arguments.addAll(List.of("--out", folder.toString()));
        return cli(arguments.toArray(String[]::new));
    }

    private static Cli cli(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int code = Main.run(new PrintWriter(out), new PrintWriter(err, true), arguments);
        return new Cli(code, out.toString(), err.toString());
    }
}
