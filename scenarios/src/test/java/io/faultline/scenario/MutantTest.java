package io.faultline.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.report.invariant.Invariant;
import io.faultline.report.verdict.Answer;
import io.faultline.report.verdict.Judgement;
import io.faultline.scenario.Mutation.Returns;
import io.faultline.scenario.Mutation.Says;
import io.faultline.scenario.Mutation.Skips;
import io.faultline.scenario.Mutation.Swaps;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.lang.classfile.Opcode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Who watches the watchmen: each invariant has a mutant of the model that it notices in a run
/// which is otherwise in order.
class MutantTest {

    private static final String ONE_FAILS =
            """
            topology: { partitions: 3 }
            protocol: { suspicion: { policy: counting } }
            phases: { chaos: 3s }
            script:
              - { at: 0s, report: { partitions: [P1], times: 2 } }
              - { at: 2s, report: { partitions: [P0] } }
            """;

    private static final String THREE_FAIL =
            """
            topology: { partitions: 7 }
            protocol: { suspicion: { policy: counting }, recovery: { maxConcurrent: 2 } }
            phases: { chaos: 3s }
            script:
              - { at: 0s, report: { partitions: [P1, P3, P5], times: 2 } }
              - { at: 100ms, operator-retry: { partition: P5 } }
            """;

    private static final String TWO_ARE_QUEUED =
            """
            topology: { partitions: 5 }
            protocol: { suspicion: { policy: counting } }
            phases: { chaos: 3s }
            script:
              - { at: 0s, report: { partitions: [P0, P1], times: 2 } }
              - { at: 50ms, report: { partitions: [P2, P3], times: 2 } }
              - { at: 100ms, operator-retry: { partition: P2 } }
            """;

    private static final String MANY_ARE_QUEUED =
            """
            topology: { partitions: 20 }
            protocol: { suspicion: { policy: counting } }
            phases: { chaos: 9s }
            script:
              - { at: 0s, report: { partitions: [P0, P1, P2, P3, P4, P5, P6, P7, P8], times: 2 } }
              - { at: 50ms, report: { partitions: [P9, P10, P11, P12], times: 2 } }
              - { at: 5s, report: { partitions: [P0, P1, P2, P3, P4, P5, P6, P7], times: 2 } }
            expect: { tolerates: [quorum-in-truth] }
            """;

    private static final String ATTEMPTS_FAIL =
            """
            topology: { partitions: 3 }
            protocol: { suspicion: { policy: counting }, recovery: { phaseFailure: 100% } }
            phases: { chaos: 3s }
            script:
              - { at: 0s, report: { partitions: [P1], times: 2 } }
            """;

    private static final String AN_OPERATION_LASTS =
            """
            topology: { partitions: 3 }
            protocol:
              suspicion: { policy: counting }
              recovery: { pauseTimeout: 500ms, onPauseTimeout: abort, attempts: 1 }
            phases: { chaos: 5s }
            script:
              - { at: 0s, operation: { partition: P0, service: 3s } }
              - { at: 100ms, report: { partitions: [P1], times: 2 } }
            """;

    private static final String UNDER_LOAD =
            """
            topology: { partitions: 3 }
            protocol:
              suspicion: { policy: counting }
              recovery: { phases: { redistributing: 2s } }
            workload: { rate: 100/s, service: 1ms }
            phases: { chaos: 5s }
            script:
              - { at: 500ms, report: { partitions: [P1], times: 2 } }
            """;

    private static final String A_FLAG_IS_SHARED =
            """
            topology: { partitions: 9 }
            protocol: { suspicion: { policy: counting }, recovery: { maxConcurrent: 3, pause: flag } }
            phases: { chaos: 3s }
            script:
              - { at: 0s, report: { partitions: [P0], times: 2 } }
              - { at: 100ms, report: { partitions: [P1], times: 2 } }
              - { at: 250ms, report: { partitions: [P2], times: 2 } }
            """;

    private static final String TWO_CRASH =
            """
            topology: { partitions: 5, network: { latency: 1ms } }
            protocol: { detector: { kind: heartbeat-timeout, heartbeat: 500ms, suspect: 2s, failure: 5s } }
            phases: { chaos: 8s }
            faults:
              - { at: 1200ms, crash: { partitions: [P1, P2] } }
            """;

    private static final String HEARTBEATS_ARE_LOST =
            """
            topology: { partitions: 3, network: { latency: 0ms } }
            protocol: { detector: { kind: heartbeat-timeout, heartbeat: 500ms, suspect: 2s, failure: 5s } }
            phases: { chaos: 8s }
            faults:
              - { during: 1200ms..3200ms, message-loss: { messages: [heartbeat], from: [n1] } }
            """;

    private static final String ROUNDS =
            """
            topology: { partitions: 3, network: { latency: 1ms } }
            protocol: { barrier: { timeout: 5s, work: 300ms..600ms } }
            phases: { chaos: 5s }
            """;

    private static final String TWO_HANDLERS =
            """
            topology: { partitions: 5 }
            protocol: { handlers: { A: n0, B: n3 } }
            phases: { chaos: 10s }
            faults:
              - at: 1s
                network-split: { groups: [[n0, n1, n2, coordinator], [n3, n4]] }
            script:
              - { at: 3s, suspect: { partitions: [P3, P4], by: A } }
              - { at: 3s, suspect: { partitions: [P0, P1, P2], by: B } }
              - { at: 6s, confirm: { partitions: [P3, P4], by: A } }
              - { at: 6s, confirm: { partitions: [P0, P1, P2], by: B } }
            """;

    /// @param name what is wrong with it
    /// @param trips the invariants that notice it, no more and no fewer
    record Mutant(String name, List<Mutation> mutations, String scenario, Set<String> trips) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Mutant> mutants() {
        return Stream.of(
                mutant(
                        "events come in the wrong order",
                        new Mutation("LadderEventList", "sort", new Skips("insertionSort")),
                        UNDER_LOAD,
                        "time-monotone"),
                mutant(
                        "incarnations count down",
                        new Mutation("Node", "start", new Swaps(Opcode.IADD, Opcode.ISUB)),
                        TWO_CRASH,
                        "epochs-monotone"),
                mutant(
                        "the first report makes a failure",
                        new Mutation("Suspicions", "suspect", new Says("FAILED", "SUSPECTED")),
                        ONE_FAILS,
                        "legal-status-transitions",
                        "no-false-failure"),
                mutant(
                        "a recovered partition was never failed",
                        new Mutation(
                                "recovery.Recoveries",
                                "attemptOver",
                                new Says("FALSE_ALARM", "RECOVERED")),
                        ONE_FAILS,
                        "failed-leaves-by-recovery"),
                mutant(
                        "the lock forgets who has it",
                        new Mutation("RecoveryLock", "isReserved", new Returns(0)),
                        THREE_FAIL,
                        "one-recovery-at-a-time"),
                mutant(
                        "there is one permit too many",
                        new Mutation(
                                "RecoveryLock",
                                "request",
                                new Swaps(Opcode.IF_ICMPGE, Opcode.IF_ICMPGT)),
                        THREE_FAIL,
                        "max-concurrent-recoveries"),
                mutant(
                        "recoveries in progress are not counted",
                        new Mutation("RecoveryLock", "reservations", new Returns(0)),
                        THREE_FAIL,
                        "reservations-accounted"),
                mutant(
                        "the quorum is taken for granted",
                        new Mutation("Electorate", "isQuorate", new Returns(1)),
                        TWO_ARE_QUEUED,
                        "no-lock-without-quorum",
                        "quorum-judged-right",
                        "quorum-in-truth"),
                mutant(
                        "suspected partitions are counted wrong",
                        new Mutation("Suspicions", "change", new Says("SUSPECTED", "HEALTHY")),
                        ONE_FAILS,
                        "quorum-judged-right"),
                mutant(
                        "nobody is active",
                        new Mutation("Suspicions", "healthy", new Returns(0)),
                        ONE_FAILS,
                        "quorum-judged-right",
                        "no-premature-escalation"),
                mutant(
                        "validation is left out",
                        new Mutation("Recovery", "goOn", new Says("REBALANCING", "VALIDATING")),
                        ONE_FAILS,
                        "phases-in-order"),
                mutant(
                        "a recovery does not start the node",
                        new Mutation("Recovery", "finish", new Skips("restart")),
                        TWO_CRASH,
                        "complete-means-healthy"),
                mutant(
                        "nobody hears of a recovery",
                        new Mutation("recovery.Recoveries", "attemptOver", new Skips("ifPresent")),
                        ONE_FAILS,
                        "complete-means-healthy",
                        "quorum-judged-right"),
                mutant(
                        "one attempt too many is made",
                        new Mutation(
                                "recovery.Attempts",
                                "retryOrEscalate",
                                new Swaps(Opcode.IF_ICMPGE, Opcode.IF_ICMPGT)),
                        ATTEMPTS_FAIL,
                        "attempts-bounded",
                        "failed-attempts-followed-up"),
                mutant(
                        "a failed attempt is forgotten",
                        new Mutation(
                                "recovery.Recoveries", "attemptOver", new Skips("retryOrEscalate")),
                        ATTEMPTS_FAIL,
                        "failed-attempts-followed-up"),
                mutant(
                        "an operator gets a queued recovery queued again",
                        new Mutation("recovery.Recoveries", "isLeftAlone", new Returns(1)),
                        TWO_ARE_QUEUED,
                        "queue-without-duplicates"),
                mutant(
                        "the queue is emptied, but nothing is started",
                        new Mutation("recovery.Recoveries", "checkBacklog", new Skips("forEach")),
                        TWO_ARE_QUEUED,
                        "queue-conserved"),
                mutant(
                        "the queue is never emptied",
                        new Mutation("recovery.Recoveries", "checkBacklog", new Returns(0)),
                        MANY_ARE_QUEUED,
                        "bounded-queue"),
                mutant(
                        "the last recovery does not end the pause",
                        new Mutation("Quiescence", "leave", new Returns(0)),
                        ONE_FAILS,
                        "pauses-resumed"),
                mutant(
                        "consistent recoveries are called inconsistent",
                        new Mutation("Quiescence", "isQuiet", new Returns(0)),
                        ONE_FAILS,
                        "recovery-within-pause"),
                mutant(
                        "a recovery does not notice that its pause has ended",
                        new Mutation("recovery.Pauses", "number", new Returns(0)),
                        A_FLAG_IS_SHARED,
                        "recovery-within-pause"),
                mutant(
                        "recoveries that should abort go ahead",
                        new Mutation(
                                "recovery.Recoveries",
                                "pauseTimedOut",
                                new Says("PROCEED", "ABORT")),
                        AN_OPERATION_LASTS,
                        "recovery-within-pause",
                        "redistribution-at-rest"),
                mutant(
                        "paused partitions accept operations",
                        new Mutation("OperationTracker", "begin", new Skips("isPaused")),
                        UNDER_LOAD,
                        "no-operation-while-paused"),
                mutant(
                        "nothing is redistributed",
                        new Mutation("Placement", "spread", new Skips("plan")),
                        ONE_FAILS,
                        "entities-conserved"),
                mutant(
                        "entities are given to failed partitions",
                        new Mutation("Survivors", "without", new Skips("filter")),
                        TWO_CRASH,
                        "entities-conserved",
                        "live-owners"),
                mutant(
                        "the barrier waits for nobody",
                        new Mutation("Rounds", "isComplete", new Swaps(Opcode.IFNE, Opcode.IFLT)),
                        ROUNDS,
                        "barrier-waits-for-all"),
                mutant(
                        "whoever has failed is not counted",
                        new Mutation("Census", "total", new Says("STATIC", "VIEW")),
                        TWO_HANDLERS,
                        "no-split-brain"),
                mutant(
                        "the detector does not wait for certainty",
                        new Mutation("HeartbeatTimeout", "judge", new Says("CONFIRM", "SUSPECT")),
                        HEARTBEATS_ARE_LOST,
                        "no-false-failure"));
    }

    private static Mutant mutant(
            String name, Mutation mutation, String scenario, String... invariants) {
        return new Mutant(name, List.of(mutation), scenario, Set.of(invariants));
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void mutantIsNoticedAndTheOriginalIsNot(Mutant mutant) throws ReflectiveOperationException {
        var text =
                """
                apiVersion: faultline/v1
                name: mutant
                limits: { events: 100000 }
                """
                        + mutant.scenario();

        assertThat(violated(text)).isEmpty();
        assertThat(violated(text, mutant.mutations()))
                .containsExactlyInAnyOrderElementsOf(mutant.trips());
    }

    @Test
    void everyInvariantHasAMutant() {
        assertThat(mutants().flatMap(mutant -> mutant.trips().stream()).distinct())
                .containsExactlyInAnyOrderElementsOf(
                        Invariant.all().stream().map(Invariant::name).toList());
    }

    /// Runs a scenario in a program that was loaded anew, and changed on the way.
    @SuppressWarnings("unchecked")
    private static Set<String> violated(String text, List<Mutation> mutations)
            throws ReflectiveOperationException {
        var method =
                new Mutation.Loader(mutations)
                        .loadClass(MutantTest.class.getName())
                        .getDeclaredMethod("violated", String.class);
        method.setAccessible(true);
        return (Set<String>) method.invoke(null, text);
    }

    /// Runs a scenario, and names the invariants that do not hold in it.
    private static Set<String> violated(String text) {
        var scenario =
                new ScenarioParser(Judge.VOCABULARY)
                        .parse(new Source("mutant.yaml", text), Map.of());
        var run = Run.of(scenario, "replay", "test");
        assertThat(run.failure()).isEmpty();
        return run.result().verdict().judgements().stream()
                .filter(judgement -> judgement.answer() == Answer.VIOLATED)
                .map(Judgement::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
