package io.faultline.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.faultline.kernel.random.Exponential;
import io.faultline.kernel.random.LogNormal;
import io.faultline.kernel.random.Uniform;
import io.faultline.model.Probability;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.cluster.StatusReason;
import io.faultline.model.detector.HeartbeatTimeout;
import io.faultline.model.fault.Crash;
import io.faultline.model.fault.NetworkSplit;
import io.faultline.model.fault.Selector;
import io.faultline.model.network.MessageKind;
import io.faultline.model.observation.Observed;
import io.faultline.model.observation.Observed.ReportKind;
import io.faultline.model.quorum.StrictMajority;
import io.faultline.model.script.Report;
import io.faultline.scenario.format.Literal;
import io.faultline.scenario.format.Pattern;
import io.faultline.scenario.format.Problem;
import io.faultline.scenario.format.Span;
import io.faultline.scenario.format.Within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class ScenarioParserTest {
    private static final Path VALID = Path.of("src/test/resources/valid");
    private static final Path EVERYTHING = VALID.resolve("everything.yaml");

    private static final String SMALLEST =
            """
            apiVersion: faultline/v1
            name: smallest
            topology: { partitions: 3 }
            phases: { chaos: 10s }
            """;

    private final ScenarioParser parser = new ScenarioParser();

    @Test
    void faultsThatChooseTheirNodesThemselvesNeedNotBeTold() {
        var bridge = faultsOf("bridge: {}");
        assertThat(bridge).isEqualTo(faultsOf("bridge: { bridge: { mode: one } }"));
        var ring = faultsOf("majorities-ring: {}");
        assertThat(ring).isEqualTo(faultsOf("majorities-ring: { nodes: { mode: all } }"));
    }

    @Test
    void thatNoMessageWasLostCannotBeSaidWhereNoneIsObserved() {
        var asked = SMALLEST + "expect: { never: [message-lost], sometimes: [message-lost] }\n";
        var judging = new ScenarioParser(Judge.VOCABULARY);

        judging.parse(new Source("text", asked), Map.of());
        assertThatExceptionOfType(ScenarioException.class)
                .isThrownBy(() ->
                        judging.parse(
                                new Source("text", asked), Map.of("observe.messages", "false")))
                .satisfies(e ->
                        assertThat(e.problems())
                                .extracting(Problem::message)
                                .containsOnly(
                                        "'message-lost' needs messages to be observed, but"
                                                + " observe.messages is false")
                                .hasSize(2));
    }

    private List<PlannedFault> faultsOf(String fault) {
        var text = SMALLEST + "faults: [{ at: 1s, " + fault + " }]\n";
        return parser.parse(new Source("text", text), Map.of()).faults();
    }

    @Test
    void whatIsWrittenIsRead() {
        var scenario = parser.parse(EVERYTHING);

        assertThat(scenario.name()).isEqualTo("everything");
        assertThat(scenario.about()).contains("Shows what a scenario can say; it costs $0");
        assertThat(scenario.seed()).isEqualTo(0xfa17);
        assertThat(scenario.params()).containsEntry("hb", new Literal("500ms"));
        assertThat(scenario.topology().partitions()).isEqualTo(6);
        assertThat(scenario.topology().network().latency()).isEqualTo(new LogNormal(1e6, 12e6));
        assertThat(scenario.topology().network().jitter()).isEqualTo(new Uniform(0, 2e6));
        assertThat(scenario.topology().network().loss()).isEqualTo(new Probability(0.001));
        assertThat(scenario.topology().network().roundTrips())
                .isEqualTo(Map.of("frankfurt", Map.of("london", Duration.ofMillis(13))));
        assertThat(scenario.topology().startJitter()).isEqualTo(new Exponential(500e6));
        assertThat(scenario.protocol().detector())
                .contains(
                        new HeartbeatTimeout(
                                Duration.ofMillis(500),
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(5),
                                Duration.ofMillis(100)));
        assertThat(scenario.protocol().quorum()).isEqualTo(new StrictMajority());
        assertThat(scenario.protocol().suspicion().confirm()).isEqualTo(Duration.ofSeconds(90));
        assertThat(scenario.workload().orElseThrow().rate().perSecond()).isEqualTo(20);
    }

    @Test
    void faultsAndActionsCarryTheirTimes() {
        var scenario = parser.parse(EVERYTHING);

        assertThat(scenario.faults().get(0))
                .isEqualTo(
                        new PlannedFault(
                                new At(Duration.ofSeconds(5)),
                                new Crash(List.of(new PartitionId(3)), Selector.NOBODY)));
        assertThat(scenario.faults().get(1))
                .isEqualTo(
                        new PlannedFault(
                                new During(
                                        new Span(Duration.ofSeconds(10), Duration.ofSeconds(18))),
                                new NetworkSplit(
                                        List.of(
                                                List.of(new NodeId("n0"), new NodeId("n1")),
                                                List.of(
                                                        new NodeId("n2"),
                                                        new NodeId("coordinator"))),
                                        false,
                                        List.of(MessageKind.HEARTBEAT))));
        assertThat(scenario.script().getFirst())
                .isEqualTo(
                        new PlannedAction(
                                Duration.ofSeconds(1),
                                new Report(
                                        List.of(new PartitionId(1), new PartitionId(2)),
                                        ReportKind.SYNC_FAILURE,
                                        2)));
    }

    @Test
    void expectationsAreTyped() {
        var expect = parser.parse(EVERYTHING).expect();

        assertThat(expect.always()).containsExactly("no-split-brain", "monotonic-epoch");
        assertThat(expect.eventually())
                .containsExactly(
                        new Eventually("all-healthy", Within.of(Duration.ofSeconds(30))),
                        new Eventually("quorum-restored", Within.AUTO));
        assertThat(expect.observed().getFirst())
                .isEqualTo(
                        new ExpectedObservation(
                                Optional.of(Duration.ofSeconds(1)),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                new Pattern<Observed>(
                                        Observed.StatusChanged.class,
                                        Map.of(
                                                "partition", new PartitionId(1),
                                                "to", PartitionStatus.SUSPECTED,
                                                "reason", StatusReason.SYNC_FAILURE))));
        assertThat(expect.order().getFirst().steps()).hasSize(3);
    }

    @Test
    void timesLieBehindTheWarmup() {
        var phases = parser.parse(EVERYTHING).phases();

        assertThat(phases.start()).hasToString("10.000s");
        assertThat(phases.at(Duration.ofSeconds(5))).hasToString("15.000s");
        assertThat(phases.end()).hasToString("190.000s");
    }

    @Test
    void whatIsLeftOutHasItsDefault() {
        var scenario = parser.parse(VALID.resolve("smallest.yaml"));

        assertThat(scenario.seed()).isEqualTo(1);
        assertThat(scenario.about()).isEmpty();
        assertThat(scenario.workload()).isEmpty();
        assertThat(scenario.protocol().detector()).isEmpty();
        assertThat(scenario.protocol().recovery().attempts()).isEqualTo(3);
        assertThat(scenario.phases().quiet()).isZero();
        assertThat(scenario.faults()).isEmpty();
        assertThat(scenario.limits().events()).isEqualTo(50_000_000);
        assertThat(scenario.observe().messages()).isTrue();
    }

    @Test
    void jsonIsReadToo() {
        var scenario = parser.parse(VALID.resolve("as-json.json"));

        assertThat(scenario.faults().getFirst().fault())
                .isEqualTo(new Crash(List.of(), Selector.of(new NodeId("n2"))));
    }

    @Test
    void anchorsAndAliasesWork() {
        var faults = parser.parse(VALID.resolve("anchors.yaml")).faults();

        assertThat(faults.get(0).fault()).isEqualTo(faults.get(2).fault());
        assertThat(faults.get(0).schedule()).isEqualTo(faults.get(1).schedule());
    }

    @Test
    void settingsOverrideTheFile() {
        var scenario =
                parser.parse(
                        EVERYTHING,
                        Map.of(
                                "seed", "7",
                                "faults[0].at", "4s",
                                "faults[1].network-split.groups", "[[n5]]",
                                "protocol.recovery.attempts", "5",
                                "expect.observed[0].status-changed.reason", "barrier-timeout",
                                "thresholds.suspicion.latency", "[p95<1s]",
                                "thresholds.\"new.metric\"", "[=0]"));

        assertThat(scenario.seed()).isEqualTo(7);
        assertThat(scenario.faults().getFirst().schedule())
                .isEqualTo(new At(Duration.ofSeconds(4)));
        assertThat(scenario.faults().get(1).fault())
                .isEqualTo(
                        new NetworkSplit(
                                List.of(List.of(new NodeId("n5"))),
                                false,
                                List.of(MessageKind.HEARTBEAT)));
        assertThat(scenario.protocol().recovery().attempts()).isEqualTo(5);
        assertThat(scenario.expect().observed().getFirst().pattern().values())
                .containsEntry("reason", StatusReason.BARRIER_TIMEOUT);
        assertThat(scenario.thresholds())
                .containsEntry("suspicion.latency", List.of(Condition.of("p95<1s")))
                .containsEntry("new.metric", List.of(Condition.of("=0")));
    }

    @Test
    void settingsReachWhatTheFileLeavesOut() {
        var scenario =
                parse(
                        Map.of(
                                "protocol.detector", "{ kind: heartbeat-timeout }",
                                "topology.network.loss", "5%"));

        assertThat(scenario.protocol().detector()).isPresent();
        assertThat(scenario.topology().network().loss()).isEqualTo(new Probability(0.05));
    }

    @Test
    void parametersAreSetByTheirNames() {
        assertThat(heartbeat(parser.parse(EVERYTHING, Map.of("hb", "1s")))).isEqualTo("PT1S");
        assertThat(heartbeat(parser.parse(EVERYTHING, Map.of("params.hb", "1s"))))
                .isEqualTo("PT1S");
    }

    @Test
    void wrongSettingsAreSaidWithTheOption() {
        assertThat(refusal(Map.of("protocol.detector.suspct", "3s")))
                .contains(
                        "--set protocol.detector.suspct=3s: 'detector' needs 'kind'; known:"
                                + " heartbeat-timeout");
        assertThat(refusal(Map.of("topology.partition", "3")))
                .startsWith("--set topology.partition=3: unknown key 'partition'; 'topology' takes")
                .endsWith("did you mean 'partitions'?");
        assertThat(refusal(Map.of("phases.chaos", "3")))
                .isEqualTo(
                        "--set phases.chaos=3: '3' has no unit; a duration needs a unit: 500ms, 2s,"
                                + " 1m");
        assertThat(refusal(Map.of("phases.chaos", "")))
                .isEqualTo(
                        "--set phases.chaos=: 'chaos' has no value; give it one, or leave the key"
                                + " out");
        assertThat(refusal(Map.of("faults[0].at", "3s")))
                .startsWith("--set faults[0].at=3s: 'faults' is a mapping, and has no numbers");
        assertThat(refusal(Map.of("name.first", "x")))
                .isEqualTo("--set name.first=x: 'name' is a single value; nothing is inside");
        assertThat(refusal(Map.of("topology..x", "3"))).contains("'topology..x' is no path");
        assertThat(refusal(Map.of("seeed", "3"))).endsWith("— did you mean 'seed'?");
        assertThat(refusal(Map.of("seed", "[3"))).startsWith("--set seed=[3: not YAML");
        assertThat(refusal(EVERYTHING, Map.of("faults[7].at", "3s")))
                .isEqualTo(
                        "--set faults[7].at=3s: 'faults' has 7 entries, counted from 0; there is no"
                                + " [7]");
        assertThat(refusal(EVERYTHING, Map.of("faults.at", "3s")))
                .isEqualTo("--set faults.at=3s: 'faults' is a list; say which entry: faults[0]");
        assertThat(refusal(EVERYTHING, Map.of("suspct", "3s"))).endsWith("mean 'suspect'?");
    }

    @Test
    void aMissingFileIsNotAWrongOne(@TempDir Path folder) {
        assertThatExceptionOfType(ScenarioException.class)
                .isThrownBy(() -> parser.parse(folder.resolve("none.yaml")))
                .satisfies(e -> assertThat(e.isMissing()).isTrue())
                .withMessageEndingWith("none.yaml: no such file");
        assertThatExceptionOfType(ScenarioException.class)
                .isThrownBy(() -> parser.parse(folder))
                .satisfies(e -> assertThat(e.isMissing()).isTrue())
                .withMessageEndingWith("is a folder, not a scenario file");
    }

    @Test
    void bytesThatAreNoTextAreRefused() {
        var bytes = new byte[] {'n', 'a', 'm', 'e', ':', (byte) 0xc3, 0x28};

        assertThatExceptionOfType(ScenarioException.class)
                .isThrownBy(() -> Source.of("x.yaml", bytes))
                .withMessage("x.yaml: is not text in UTF-8");
        assertThat(refusal(new Source("x.yaml", "name: a\u0007b"), Map.of()))
                .isEqualTo("x.yaml:1:8: U+0007 is not a character of YAML");
    }

    @Test
    void deepNestingIsRefused() {
        assertThat(refusal(new Source("x.yaml", "[".repeat(100_000)), Map.of()))
                .contains("nested too deeply");
        assertThat(refusal(new Source("x.yaml", "[".repeat(200) + "]".repeat(200)), Map.of()))
                .contains("nested too deeply");
    }

    private Scenario parse(Map<String, String> sets) {
        return parser.parse(new Source("smallest.yaml", SMALLEST), sets);
    }

    private String refusal(Map<String, String> sets) {
        return refusal(new Source("smallest.yaml", SMALLEST), sets);
    }

    private String refusal(Path file, Map<String, String> sets) {
        return refusal(Source.of(file), sets);
    }

    private String refusal(Source source, Map<String, String> sets) {
        try {
            parser.parse(source, sets);
        } catch (ScenarioException e) {
            return e.getMessage();
        }
        throw new AssertionError("accepted");
    }

    private static String heartbeat(Scenario scenario) {
        return scenario.protocol().detector().orElseThrow().heartbeat().toString();
    }
}
