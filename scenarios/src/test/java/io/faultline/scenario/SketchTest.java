package io.faultline.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.model.Probability;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.detector.watch.Ring;
import io.faultline.model.fault.Crash;
import io.faultline.model.fault.MessageLoss;
import io.faultline.model.fault.Selector;
import io.faultline.model.network.MessageKind;
import io.faultline.model.quorum.Bft067;
import io.faultline.model.recovery.OnPauseTimeout;
import io.faultline.model.script.OperatorHeal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Scenarios that are written in Java.
class SketchTest {

    private static final Crash CRASH =
            new Crash(List.of(new PartitionId(3)), Selector.of(List.of()));

    // begin example
    private static final Sketch TWO_CRASHES =
            Scenario.named("two-crashes")
                    .about("two partitions crash one after the other while messages are lost")
                    .partitions(12)
                    .with("topology.network.latency", "1ms..3ms")
                    .with("protocol.detector", "heartbeat-timeout")
                    .with("protocol.recovery.maxConcurrent", 2)
                    .chaos("60s")
                    .quiet("20s")
                    .fault("at: 5s", new Crash(List.of(new PartitionId(3)), Selector.NOBODY))
                    .fault("{ during: 10s..20s, crash: { partitions: [P7] } }")
                    .fault("{ during: 0s..40s, message-loss: { chance: 1% } }")
                    .never("quorum-lost")
                    .sometimes("recovery-completed")
                    .eventually("all-healthy", "auto")
                    .threshold("detection.latency", "max<6s");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 42})
    void twoCrashesAreSurvived(long seed) {
        TWO_CRASHES.run(seed).mustHold();
    }

    @Test
    void withoutARecoveryTheyAreNot() {
        assertThat(TWO_CRASHES.with("protocol.quorum", "{ kind: fixed, members: 12 }").run().held())
                .isFalse();
    }

    // end example

    @Test
    void whatIsWrittenReadsAsTheSame() {
        var scenario = TWO_CRASHES.scenario();
        assertThat(parsed(TWO_CRASHES.toYaml())).isEqualTo(scenario);
        assertThat(parsed(ScenarioWriter.write(scenario))).isEqualTo(scenario);
        assertThat(Sketch.of(scenario).scenario()).isEqualTo(scenario);
    }

    @Test
    void theYamlSaysWhatWasSaidAndNoMore() {
        assertThat(
                        Scenario.named("small")
                                .chaos("10s")
                                .partitions(3)
                                .never("quorum-lost")
                                .fault("at: 5s", CRASH)
                                .toYaml())
                .isEqualTo(
                        """
                        apiVersion: faultline/v1
                        name: small
                        topology: { partitions: 3 }
                        phases: { chaos: 10s }
                        faults:
                          - at: 5s
                            crash: { partitions: [P3], nodes: [] }
                        expect: { never: [quorum-lost] }
                        """);
    }

    static Stream<Source> catalogue() {
        return Catalogue.load().all().stream();
    }

    @ParameterizedTest
    @MethodSource("catalogue")
    void everyScenarioOfTheCatalogueCanBeSketched(Source source) {
        var scenario = parsed(source.text());
        assertThat(Sketch.of(source).scenario()).isEqualTo(scenario);
        assertThat(Sketch.of(scenario).scenario()).isEqualTo(scenario.withoutParams());
    }

    @Test
    void valuesMayBeRecordsNumbersConstantsDurationsAndListsOfThem() {
        var sketch =
                small().with("protocol.quorum", new Bft067())
                        .with("protocol.detector", "{ kind: heartbeat-timeout }")
                        .with("protocol.detector.watch", new Ring(3, 1))
                        .with("protocol.recovery.timeout", Duration.ofSeconds(9))
                        .with("protocol.recovery.onPauseTimeout", OnPauseTimeout.ABORT)
                        .with("protocol.recovery.phaseFailure", new Probability(0.25))
                        .with("protocol.recovery.attempts", 7)
                        .with("topology.regions", List.of("eu", "us"));
        var file =
                """
                apiVersion: faultline/v1
                name: small
                topology: { partitions: 5, regions: [eu, us] }
                protocol:
                  quorum: bft067
                  detector: { kind: heartbeat-timeout, watch: { kind: ring, neighbours: 3, accusers: 1 } }
                  recovery: { timeout: 9s, onPauseTimeout: abort, phaseFailure: 25%, attempts: 7 }
                phases: { chaos: 10s }
                """;
        assertThat(sketch.scenario()).isEqualTo(parsed(file));
    }

    @Test
    void faultsAndActionsMayBeRecords() {
        var loss =
                new MessageLoss(
                        new Probability(0.5),
                        List.of(MessageKind.HEARTBEAT),
                        Selector.of(List.of()),
                        Selector.of(List.of()));
        var sketch =
                small().fault("{ every: 2s, for: 1s }", loss)
                        .fault(new PlannedFault(new At(Duration.ofSeconds(1)), CRASH))
                        .action("at: 9s", new OperatorHeal(new PartitionId(3)))
                        .action("{ at: 8s, operator-retry: { partition: P3 } }");
        var scenario = sketch.scenario();
        assertThat(scenario.faults().get(0).fault()).isEqualTo(loss);
        assertThat(scenario.faults().get(0).schedule()).isEqualTo(new Every(Duration.ofSeconds(2)));
        assertThat(scenario.faults().get(1).fault()).isEqualTo(CRASH);
        assertThat(scenario.script().getFirst().action())
                .isEqualTo(new OperatorHeal(new PartitionId(3)));
        assertThat(scenario.script().get(1).at()).isEqualTo(Duration.ofSeconds(8));
    }

    @Test
    void aSketchIsNotChangedByWhatIsMadeOfIt() {
        var before = small();
        var yaml = before.toYaml();
        before.fault("at: 1s", CRASH).seed(7).tolerates("bounded-queue");
        assertThat(before.toYaml()).isEqualTo(yaml);
    }

    @Test
    void aScenarioOfTheCatalogueCanBeVaried() {
        var original = Sketch.of(Catalogue.load().find("three-regions"));
        assertThat(original.run().mustHold().held()).isTrue();
        assertThatThrownBy(() -> original.with("suspect", "3s").run().mustHold())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("VIOLATED")
                .hasMessageContaining("suspicion.latency");
    }

    @Test
    void whatIsExpectedMayBeObservationsInOrder() {
        var sketch =
                small().with("protocol.detector", "heartbeat-timeout")
                        .chaos("30s")
                        .fault("at: 1s", CRASH)
                        .observed("{ count: 1, node-crashed: { node: n3 } }")
                        .observed("{ count: 0, escalated: {} }")
                        .order(
                                "status-changed: { partition: P3, to: failed }",
                                "phase-entered: { partition: P3, phase: complete }");
        sketch.run().mustHold();
        assertThat(sketch.observed("livelock: {}").run().held()).isFalse();
    }

    @Test
    void mistakesAreSaidAsInFilesWithTheirPlacesInTheYaml() {
        assertThatThrownBy(() ->
                        small().with("protocol.quorum", "majorty")
                                .fault("{ at: 1s, crsh: { partitions: [P3] } }")
                                .scenario())
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("toYaml():4:21: unknown quorum")
                .hasMessageContaining("unknown fault 'crsh'")
                .hasMessageContaining("did you mean 'crash'?");
    }

    @Test
    void whatCannotBeAtThatPlaceIsRefusedAtOnce() {
        assertThatThrownBy(() -> small().with("topolgy", 3))
                .hasMessageContaining("unknown setting 'topolgy'")
                .hasMessageContaining("did you mean 'topology'?");
        assertThatThrownBy(() -> small().with("faults[0].at", "3s"))
                .isInstanceOf(ScenarioException.class);
        assertThatThrownBy(() -> small().with("seed", new Object()))
                .hasMessageContaining("java.lang.Object cannot be written in a file");
        assertThatThrownBy(() -> small().fault("crash")).hasMessageContaining("takes a mapping");
    }

    @Test
    void dollarSignsInRecordsAreNoReferences() {
        assertThat(small().about("$5 for it").scenario().about()).hasValue("$5 for it");
        assertThat(
                        small().with("params.limit", "7s")
                                .with("protocol.recovery.timeout", "$limit")
                                .scenario()
                                .protocol()
                                .recovery()
                                .timeout())
                .isEqualTo(Duration.ofSeconds(7));
    }

    private static Sketch small() {
        return Scenario.named("small").partitions(5).chaos("10s");
    }

    private static Scenario parsed(String yaml) {
        return new ScenarioParser(Judge.VOCABULARY).parse(new Source("x.yaml", yaml), Map.of());
    }
}
