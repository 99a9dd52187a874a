package io.faultline.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.faultline.kernel.SimTime;
import io.faultline.report.Result;
import io.faultline.report.diagnosis.Diagnosis;
import io.faultline.report.diagnosis.Heal;
import io.faultline.report.verdict.Answer;
import io.faultline.report.verdict.Concern;
import io.faultline.report.verdict.HealedCore;
import io.faultline.scenario.Mutation.Calls;
import io.faultline.scenario.Mutation.Returns;
import io.faultline.scenario.Mutation.Says;
import io.faultline.scenario.Mutation.Skips;
import io.faultline.scenario.Mutation.Swaps;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.classfile.Opcode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// What runs are diagnosed with, and what their twins are not, in which one thing is otherwise.
class DiagnosisTest {

    private static final String CRASHES =
            """
            topology: { partitions: 5, network: { latency: 1ms } }
            protocol:
              detector: { kind: heartbeat-timeout, heartbeat: 500ms, suspect: 2s, failure: 5s }
              quorum: $quorum
            phases: { chaos: 20s }
            faults:
              - { at: 1200ms, crash: { partitions: [$victims] } }
            """;

    private static final String SPLIT =
            """
            topology: { partitions: 4 }
            phases: { chaos: 10s }
            faults:
              - { during: 1s..3s, network-split: { groups: [[$victims]] } }
            """;

    private static final String UNCERTAIN =
            """
            topology: { partitions: 3, network: { latency: 1ms, loss: 30% } }
            protocol: { detector: { kind: heartbeat-timeout, heartbeat: 500ms, suspect: $victims, failure: 30s } }
            phases: { chaos: 60s }
            """;

    private static final String HALF =
            """
            topology: { partitions: $victims }
            protocol: { suspicion: { policy: confirming, confirm: 1s } }
            phases: { chaos: 40s }
            script:
              - { at: 0s, report: { partitions: [P0, P1], times: 2 } }
            """;

    private static final String HANDLERS =
            """
            topology: { partitions: 5 }
            protocol: { handlers: { A: n0, B: n3 } }
            phases: { chaos: 10s }
            faults:
              - { at: 1s, network-split: { groups: [[n0, n1, n2, coordinator], [n3, n4]] } }
            script:
              - { at: 6s, confirm: { partitions: [P3, P4], by: A } }
              - { at: $victims, suspect: { partitions: [P0, P1, P2], by: B } }
            """;

    /// The coordinator recovers P3 and P4 again and again; B takes n3 and n4 for all that is left.
    private static final String COORDINATOR_AND_HANDLER =
            """
            topology: { partitions: 5 }
            protocol:
              detector: { kind: heartbeat-timeout, heartbeat: 500ms, suspect: 2s, failure: 5s }
              census: { denominator: $victims }
              handlers: { B: n3 }
            phases: { chaos: 30s }
            faults:
              - { at: 1s, network-split: { groups: [[n0, n1, n2, coordinator], [n3, n4]] } }
            """;

    /// The entities of P4 are given to others and not back, and nobody can tell it.
    private static final String OWNERS =
            """
            topology: { partitions: 5 }
            protocol:
              detector: { kind: heartbeat-timeout, heartbeat: 500ms, suspect: 2s, failure: 5s }
            workload: { rate: 10/s, service: 1ms }
            phases: { chaos: 20s }
            faults:
              - { at: 0s, failing-recovery: { partitions: [P4], phase: rebalancing } }
              - { at: 1s, $victims: { nodes: [n4] } }
            """;

    private static final String ONE_OWNER =
            """
            topology: { partitions: 5 }
            protocol:
              detector: { kind: heartbeat-timeout, heartbeat: 500ms, suspect: 2s, failure: 5s }
            phases: { chaos: 20s }
            faults:
              - { at: 0s, failing-recovery: { partitions: [P4], phase: rebalancing } }
              - { at: 1s, $victims: { nodes: [n4] } }
            script:
              - { at: 15s, operation: { partition: P4, service: 1ms } }
            """;

    private static final String QUEUED =
            """
            topology: { partitions: 5 }
            protocol: { suspicion: { policy: counting } }
            phases: { chaos: 80s }
            script:
              - { at: 0s, report: { partitions: [P0, P1], times: 2 } }
              - { at: 50ms, report: { partitions: [P2, P3], times: 2 } }
            """;

    private static final String ATTEMPTS_FAIL =
            """
            topology: { partitions: 3 }
            protocol: { suspicion: { policy: counting }, recovery: { phaseFailure: 100% } }
            phases: { chaos: 80s }
            script:
              - { at: 0s, report: { partitions: [P1], times: 2 } }
            """;

    private static final String ROLLING =
            """
            topology: { partitions: 5 }
            phases: { chaos: 200s }
            faults:
              - { at: 1s, restart: { nodes: [n0, n1, n2], takes: $takes, rolling: true } }
            """;

    private static final String ONE_BY_ONE =
            """
            topology: { partitions: 5, network: { latency: 1ms } }
            protocol: { detector: { kind: heartbeat-timeout, heartbeat: 500ms, suspect: 2s, failure: 5s } }
            phases: { chaos: 200s }
            faults:
              - { at: 1s, crash: { partitions: [P0] } }
              - { at: 20s, crash: { partitions: [P1] } }
              - { at: 40s, crash: { partitions: [P2] } }
            """;

    /// The entities of P4, whom nobody can tell it, are given to others and at once given back.
    private static final String GIVEN_BACK =
            """
            topology: { partitions: 5 }
            protocol:
              detector: { kind: heartbeat-timeout, heartbeat: 500ms, suspect: 2s, failure: 5s }
              recovery: { phases: { rebalancing: 0s } }
            phases: { chaos: 20s }
            faults:
              - { at: 1s, isolation: { nodes: [n4] } }
            """;

    private static final String CUT_OFF =
            """
            topology: { partitions: 5, network: { latency: 1ms, retransmit: 20ms } }
            protocol:
              detector: { kind: heartbeat-timeout, heartbeat: 500ms, suspect: 2s, failure: 3s }
              recovery: { attempts: 2, pauseTimeout: 500ms, transfer: {} }
            phases: { chaos: 60s }
            faults:
              - { during: 3s..23500ms, isolation: { nodes: [n3] } }
            """;

    private static final String TWO_SIDES =
            """
            topology: { partitions: 5 }
            protocol: { handlers: { A: n0, B: n3 } }
            phases: { chaos: 10s }
            faults:
              - { at: 1s, network-split: { groups: [[n0, n1, n2, coordinator], [n3, n4]] } }
            script:
              - { at: 3s, suspect: { partitions: [P3, P4], by: A } }
              - { at: 3s, suspect: { partitions: [P0, P1, P2], by: B } }
              - { at: 6s, confirm: { partitions: [P3, P4], by: A } }
              - { at: 6s, confirm: { partitions: [P0, P1, P2], by: B } }
            """;

    private static final String UNDER_LOAD =
            """
            topology: { partitions: 3 }
            protocol: { suspicion: { policy: counting } }
            workload: { rate: 50/s, service: 1ms }
            phases: { chaos: 40s }
            script:
              - { at: 10s, report: { partitions: [P1], times: 2 } }
            """;

    private static final String SILENT =
            """
            topology: { partitions: 6 }
            protocol:
              detector: { kind: heartbeat-timeout, suspect: 2s, failure: 4s }
              suspicion: { healing: by-heartbeat }
            phases: { chaos: 80s, quiet: 60s }
            faults:
              - { during: 5s..80s, $fault }
            """;

    private static final String EVERYBODY_STARTS_AT_ONCE =
            """
            topology: { partitions: 7, startJitter: 0ms, network: { latency: 0ms } }
            protocol:
              detector: { kind: heartbeat-timeout }
              barrier: { timeout: 5s, work: 300ms }
              ghosts: { interval: 1s, timeout: 500ms }
            phases: { chaos: 60s }
            """;

    /// A run, what it is diagnosed with, and the same run but for one thing.
    record Pair(String label, String trips, String twin) {
        @Override
        public String toString() {
            return label;
        }
    }

    static Stream<Pair> pairs() {
        return Stream.of(
                pair("quorum-loss{permanent}", CRASHES, "P0, P1, P2", "P0, P1"),
                pair("quorum-loss{transient}", SPLIT, "n0, n1", "n0"),
                new Pair(
                        "quorum-misperception{acts}",
                        crashes("ungated"),
                        crashes("strict-majority")),
                pair("quorum-misperception{refuses}", HALF, "4", "5"),
                pair("stale-leader{leader}", HANDLERS, "8s", "3s"),
                pair("split-brain{leaders}", COORDINATOR_AND_HANDLER, "view", "static"),
                pair("split-brain{owners}", OWNERS, "isolation", "crash"),
                pair("stale-leader{owner}", ONE_OWNER, "isolation", "crash"),
                pair("recovery-livelock{parked}", HALF, "4", "5"),
                pair("flapping", UNCERTAIN, "600ms", "20s"));
    }

    private static Pair pair(String label, String scenario, String trips, String does) {
        return new Pair(
                label, scenario.replace("$victims", trips), scenario.replace("$victims", does));
    }

    private static String crashes(String quorum) {
        return CRASHES.replace("$victims", "P0, P1, P2").replace("$quorum", quorum);
    }

    private static String whole(String text) {
        return "apiVersion: faultline/v1\nname: diagnosed\n"
                + text.replace("$quorum", "strict-majority");
    }

    private static List<String> labels(Scenario scenario) {
        var result = Run.of(scenario, "replay", "test").result();
        assertThat(result.findings())
                .allMatch(finding -> finding.certificate().verify(result.trace()));
        return result.findings().stream()
                .map(finding -> finding.label() + (finding.isCertain() ? "" : "?"))
                .toList();
    }

    private static List<String> labels(String file) {
        return labels(parsed(file));
    }

    private static Scenario parsed(String text) {
        return new ScenarioParser(Judge.VOCABULARY)
                .parse(new Source("diagnosed.yaml", text), Map.of());
    }

    private static List<String> ofCatalogue(String name) {
        return labels(
                new ScenarioParser(Judge.VOCABULARY).parse(Catalogue.load().find(name), Map.of()));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void aRunIsDiagnosedAndItsTwinIsNot(Pair pair) {
        assertThat(labels(whole(pair.trips))).contains(pair.label);
        assertThat(labels(whole(pair.twin))).doesNotContain(pair.label, pair.label + "?");
    }

    @ParameterizedTest
    @CsvSource({
        "split-brain{leaders}, worked/sc-12-view, worked/sc-12-static",
        "cascade, emergent/overload-cascade, emergent/overload-control",
        "cascade, emergent/recovery-livelock, emergent/livelock-control",
        "recovery-livelock{spinning}, emergent/recovery-livelock, emergent/livelock-control",
        "recovery-livelock{parked}, worked/sc-10-livelock, worked/sc-05-put-off",
        "recovery-livelock{parked}, luciferase/two-at-once, luciferase/two-at-once-ungated"
    })
    void soItIsWithTheCatalogue(String label, String trips, String twin) {
        assertThat(ofCatalogue(trips)).contains(label);
        assertThat(ofCatalogue(twin)).doesNotContain(label, label + "?");
    }

    /// A mutant of the model, and what its runs are diagnosed with.
    ///
    /// @param trips what the original's run is not diagnosed with, no more and no less
    /// @param anyway what that is diagnosed with
    record Mutant(Set<String> trips, Mutation mutation, String scenario, List<String> anyway) {
        @Override
        public String toString() {
            return trips + " by " + mutation;
        }
    }

    static Stream<Mutant> mutants() {
        return Stream.of(
                mutant(
                        new Mutation("Restart", "inject", new Swaps(Opcode.IFEQ, Opcode.IFNE)),
                        ROLLING.replace("$takes", "1s"),
                        "quorum-loss{transient}"),
                mutant(
                        new Mutation("Restart", "inject", new Swaps(Opcode.IFEQ, Opcode.IFNE)),
                        ROLLING.replace("$takes", "60s"),
                        "quorum-loss{prolonged}"),
                mutant(
                        new Mutation("recovery.Recoveries", "failed", new Skips("judge")),
                        ONE_BY_ONE,
                        "quorum-loss{permanent}"),
                new Mutant(
                        Set.of("quorum-misperception{acts}", "quorum-loss{transient}"),
                        new Mutation("Electorate", "isQuorate", new Returns(1)),
                        whole(CRASHES.replace("$victims", "P0, P1, P2")),
                        List.of("quorum-loss{permanent}")),
                mutant(
                        new Mutation("Suspicions", "healthy", new Returns(0)),
                        UNDER_LOAD,
                        "quorum-misperception{refuses}",
                        "recovery-livelock{parked}"),
                mutant(
                        new Mutation("Census", "total", new Says("STATIC", "VIEW")),
                        TWO_SIDES,
                        "split-brain{leaders}",
                        "stale-leader{leader}"),
                mutant(
                        new Mutation("Handler", "suspect", new Skips("ifPresent")),
                        HANDLERS.replace("$victims", "3s"),
                        "stale-leader{leader}"),
                mutant(
                        new Mutation("Placement", "fill", new Skips("plan")),
                        GIVEN_BACK + "workload: { rate: 10/s, service: 1ms }\n",
                        "split-brain{owners}"),
                mutant(
                        new Mutation("Placement", "fill", new Skips("plan")),
                        GIVEN_BACK
                                + "script: [{ at: 15s, operation: { partition: P4, service: 1ms }"
                                + " }]\n",
                        "stale-leader{owner}"),
                ofCatalogue(
                        new Mutation("Placement", "spread", new Swaps(Opcode.IDIV, Opcode.ISUB)),
                        "failures/load-transfer-fixed",
                        "cascade",
                        "recovery-livelock{parked}"),
                mutant(
                        new Mutation("recovery.Recoveries", "checkBacklog", new Returns(0)),
                        QUEUED,
                        "recovery-livelock{parked}"),
                mutant(
                        new Mutation(
                                "recovery.Recoveries", "attemptOver", new Skips("retryOrEscalate")),
                        ATTEMPTS_FAIL,
                        "recovery-livelock{parked}"),
                mutant(
                        new Mutation("recovery.Attempts", "next", new Returns(1)),
                        ATTEMPTS_FAIL,
                        "recovery-livelock{spinning}"),
                // Whom nobody hears is failed and recovered for ever, and that is why others wait.
                new Mutant(
                        Set.of("starvation"),
                        new Mutation(
                                "RecoveryLock",
                                "release",
                                new Calls("pollLastEntry", "pollFirstEntry")),
                        Catalogue.load().find("failures/starved-recovery-fixed").text(),
                        List.of("recovery-livelock{spinning}", "flapping")),
                mutant(
                        new Mutation("Neighbours", "timedOut", new Skips("filter")),
                        EVERYBODY_STARTS_AT_ONCE,
                        "flapping"),
                mutant(
                        new Mutation("Quiescence", "leave", new Returns(0)),
                        UNDER_LOAD,
                        "metastable"),
                mutant(
                        new Mutation("NetworkSettings", "waitAfter", new Calls("max", "min")),
                        CUT_OFF,
                        "slow"));
    }

    private static Mutant mutant(Mutation mutation, String scenario, String... trips) {
        return new Mutant(Set.of(trips), mutation, whole(scenario), List.of());
    }

    private static Mutant ofCatalogue(Mutation mutation, String name, String... trips) {
        return new Mutant(Set.of(trips), mutation, Catalogue.load().find(name).text(), List.of());
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void aMutantIsDiagnosedAndTheOriginalIsNot(Mutant mutant) throws ReflectiveOperationException {
        assertThat(labels(mutant.scenario)).hasSameElementsAs(mutant.anyway);
        assertThat(labels(mutant.scenario, mutant.mutation))
                .filteredOn(label -> !label.endsWith("?") && !mutant.anyway.contains(label))
                .hasSameElementsAs(mutant.trips);
    }

    /// Whoever adds a diagnosis, or a variety of one, adds a mutant that it finds.
    @Test
    void everyDiagnosisHasAMutant() {
        assertThat(mutants().flatMap(mutant -> mutant.trips.stream()).distinct())
                .containsExactlyInAnyOrderElementsOf(
                        Diagnosis.all().stream()
                                .flatMap(diagnosis ->
                                        diagnosis.subtypes().isEmpty()
                                                ? Stream.of(diagnosis.name())
                                                : diagnosis.labels().skip(1))
                                .toList());
    }

    /// Runs a scenario in a program that was loaded anew, and changed on the way.
    @SuppressWarnings("unchecked")
    private static List<String> labels(String file, Mutation mutation)
            throws ReflectiveOperationException {
        var method =
                new Mutation.Loader(List.of(mutation))
                        .loadClass(DiagnosisTest.class.getName())
                        .getDeclaredMethod("labels", String.class);
        method.setAccessible(true);
        return (List<String>) method.invoke(null, file);
    }

    @Test
    void aRestartIsOverWithTheLastNodeThatItStarts() {
        var restart =
                """
                topology: { partitions: 5 }
                phases: { chaos: 10s }
                faults:
                  - { at: 1s, restart: { nodes: [n0, n1], takes: 1s, rolling: true } }
                """;
        var trace = Run.of(parsed(whole(restart)), "replay", "test").result().trace();
        assertThat(Heal.of(trace).at()).isEqualTo(SimTime.of(Duration.ofSeconds(3)));
        assertThat(HealedCore.of(trace, true).isWhole()).isTrue();
    }

    @Test
    void nothingIsFoundWhereEverybodyStartsAtOnce() {
        assertThat(labels(whole(EVERYBODY_STARTS_AT_ONCE))).isEmpty();
    }

    /// Nothing can be asked of a system in which nobody hears anybody, whatever the reason is.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "message-loss: {}",
                "message-corruption: {}",
                "clogged-link: {}",
                "message-hold: {}",
                "swizzle: { nodes: { mode: all }, within: 75s }"
            })
    void silenceIsALossOfTheQuorumAndNobodysFault(String fault) {
        var verdict = silent(fault).verdict();
        assertThat(labels(whole(SILENT.replace("$fault", fault))))
                .contains("quorum-loss{prolonged}")
                .noneMatch(label -> label.startsWith("quorum-misperception"));
        assertThat(verdict.judgements())
                .filteredOn(judgement -> judgement.concern() == Concern.SAFETY)
                .allMatch(judgement -> judgement.answer() == Answer.HELD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "message-loss: { chance: 99% }",
                "message-loss: { messages: [heartbeat] }",
                "message-corruption: { chance: 99% }",
                "clogged-link: { messages: [heartbeat] }",
                "clogged-link: { clog: 60s, free: 1ms }",
                "message-hold: { longest: 60s }",
                "swizzle: { nodes: { mode: all }, within: 75s, messages: [heartbeat] }"
            })
    void whereAnythingMayGetThroughTheQuorumIsNotLost(String fault) {
        assertThat(silent(fault).findings())
                .noneMatch(finding -> finding.diagnosis().equals("quorum-loss"));
    }

    private static Result silent(String fault) {
        return Run.of(parsed(whole(SILENT.replace("$fault", fault))), "replay", "test").result();
    }

    @Test
    void whatIsFoundCountsOnlyIfItIsForbidden() {
        assertThat(exit(HALF, "sometimes: [recovery-escalated]")).isZero();
        assertThat(exit(HALF, "never: [recovery-livelock]")).isEqualTo(3);
        assertThat(exit(HALF, "never: [\"recovery-livelock{spinning}\"]")).isZero();
        assertThat(exit(HALF, "never: [quorum-misperception]")).isEqualTo(1);
    }

    private static int exit(String text, String expectation) {
        var scenario =
                whole(text.replace("$victims", "4"))
                        + "expect: { tolerates: [no-premature-escalation], "
                        + expectation
                        + " }\n";
        return Run.of(parsed(scenario), "replay", "test").result().verdict().exitCode();
    }

    @Test
    void whatIsOnlySuspectedMakesARunInconclusive() {
        var scenario =
                whole(HALF.replace("$victims", "4").replace("40s", "10s"))
                        + "expect: { never: [\"quorum-misperception{refuses}\"] }\n";
        var judgement =
                Run.of(parsed(scenario), "replay", "test")
                        .result()
                        .verdict()
                        .judgements()
                        .getFirst();
        assertThat(judgement.answer()).isEqualTo(Answer.INCONCLUSIVE);
        assertThat(judgement.finding()).startsWith("suspected from");
        assertThat(judgement.witness()).isPresent();
    }

    @Test
    void varietiesThatAreUnknownAreAskedBack() {
        assertThatExceptionOfType(ScenarioException.class)
                .isThrownBy(() ->
                        parsed(
                                whole(SPLIT.replace("$victims", "n0"))
                                        + "expect: { never: [\"quorum-loss{permanant}\"] }\n"))
                .withMessageContaining("did you mean 'quorum-loss{permanent}'?");
    }

    @Test
    void aWarningCannotBeForbidden() {
        assertThatExceptionOfType(ScenarioException.class)
                .isThrownBy(() ->
                        parsed(
                                whole(SPLIT.replace("$victims", "n0"))
                                        + "expect: { never: [stale-leader] }\n"))
                .withMessageContaining("unknown verdict 'stale-leader'");
    }
}
