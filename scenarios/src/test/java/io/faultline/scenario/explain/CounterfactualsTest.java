package io.faultline.scenario.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.kernel.SimTime;
import io.faultline.model.cluster.PartitionId;
import io.faultline.scenario.explain.Consequences.Edge;
import io.faultline.scenario.explain.Consequences.FaultAlignment;
import io.faultline.scenario.explain.Consequences.What;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What would not have happened without what.
class CounterfactualsTest {

    private static final String HEAD =
            """
            apiVersion: faultline/v1
            name: head
            topology: { partitions: 5 }
            protocol:
              detector: { kind: heartbeat-timeout, heartbeat: 500ms, suspect: 2s, failure: 5s }
              recovery: { attempts: 1 }
            phases: { chaos: 20s }
            expect: { never: [partition-failed] }
            faults:
            """;

    /// Every recovery overloads the partition that helped, which is failed next. That each failure
    /// comes of the one before, and not of the crash directly, is seen only by preventing it.
    @Test
    void aChainIsFoundLinkByLink() {
        var consequences = Explained.of("emergent/recovery-livelock", Map.of()).consequences();
        assertThat(consequences.tree())
                .containsExactly(
                        "6.000s  fault 0 begins: crash of P2",
                        "└─ 8.900s  P2 is declared failed",
                        "   └─ 17.300s  P3 is declared failed by mistake",
                        "      ├─ 25.700s  P4 is declared failed by mistake",
                        "      │  └─ 34.000s  P0 is declared failed by mistake",
                        "      │     └─ 43.100s  P1 is declared failed by mistake",
                        "      │        └─ 51.500s  P2 is declared failed by mistake",
                        "      │           └─ 59.900s  P3 is declared failed by mistake",
                        "      │              └─ 68.900s  P4 is declared failed by mistake",
                        "      └─ 17.300s  breaks no-false-failure");
        assertThat(consequences.reproduction()).isEqualTo(1);
        assertThat(consequences.depth()).isEqualTo(8);
        assertThat(consequences.breadth()).isEqualTo(1);
        assertThat(consequences.spread()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void whereOneFailureTakesAllOthersTheyStandBesideEachOther() {
        var consequences = Explained.of("emergent/overload-cascade", Map.of()).consequences();
        assertThat(consequences.levels()).containsExactly(1, 4);
        assertThat(consequences.reproduction()).isEqualTo(4);
        assertThat(consequences.breadth()).isEqualTo(4);
    }

    /// And the verdict, which needs one of them, either of them.
    @Test
    void failuresThatHaveNothingToDoWithEachOtherHaveEachItsOwnFault() {
        var consequences =
                Explained.text(
                                HEAD
                                        + """
                                          - at: 1s
                                            crash: { partitions: [P1] }
                                          - at: 3s
                                            crash: { partitions: [P3] }
                                        """)
                        .consequences();
        assertThat(consequences.tree().stream().filter(line -> line.contains("P")))
                .containsExactly(
                        "1.000s  fault 0 begins: crash of P1",
                        "└─ 5.600s  P1 is declared failed",
                        "3.000s  fault 1 begins: crash of P3",
                        "└─ 7.600s  P3 is declared failed",
                        "   └─ 5.600s  never partition-failed  (joint: each of P1 at 5.600s and P3"
                                + " at 7.600s would have been enough)");
        assertThat(consequences.reproduction()).isZero();
    }

    @Test
    void whatEitherOfTwoWouldHaveCausedIsJoint() {
        var twice =
                """
                  - at: 1s
                    crash: { partitions: [P1] }
                  - at: 1s
                    crash: { partitions: [P1] }
                """;
        var consequences = Explained.text(HEAD + twice).consequences();
        var failure = consequences.nodes().get(2);
        assertThat(failure.what()).isEqualTo(What.FAILURE);
        assertThat(failure.causes()).containsExactly(new Edge(0, true), new Edge(1, true));
        assertThat(consequences.tree())
                .contains(
                        "└─ 5.600s  P1 is declared failed  (joint: each of fault 0 and fault 1"
                                + " would have been enough)");
        assertThat(consequences.dot()).contains("n0 -> n2 [style=dashed, label=\"joint\"]");
    }

    /// Either crash alone keeps clients waiting, who then overload everybody else.
    @Test
    void aCascadeWithTwoTriggersIsJointToo() {
        var consequences =
                Explained.of("emergent/overload-cascade", Map.of()).withCrash("P5").consequences();
        var joint = List.of(new Edge(2, true), new Edge(3, true));
        assertThat(consequences.nodes().stream().skip(4))
                .filteredOn(node -> node.causes().equals(joint))
                .extracting(Consequences.Node::text)
                .containsExactly(
                        "P1 is declared failed by mistake",
                        "P3 is declared failed by mistake",
                        "P4 is declared failed by mistake");
    }

    /// Three of five have to fail before there is no quorum, so each of the three is needed.
    @Test
    void whatTakesSeveralNeedsThemAllAndTheyAreNotJoint() {
        var consequences =
                Explained.text(
                                HEAD.replace("partition-failed", "quorum-lost")
                                        + """
                                          - at: 1s
                                            crash: { partitions: [P1] }
                                          - at: 1s
                                            crash: { partitions: [P2] }
                                          - at: 1s
                                            crash: { partitions: [P3] }
                                        """)
                        .consequences();
        assertThat(consequences.nodes().getLast().causes()).isNotEmpty().noneMatch(Edge::joint);
        assertThat(consequences.nodes().getLast().causes()).hasSize(3);
    }

    @Test
    void whatHappensWithoutAnyFaultIsNotBlamedOnOne() {
        var consequences =
                Explained.text(
                                HEAD.replace(
                                                "partitions: 5",
                                                "partitions: 5, network: { loss: 60% }")
                                        + """
                                          - at: 19s
                                            clock-skew: { nodes: [n1], by: +1ms }
                                        """)
                        .consequences();
        assertThat(consequences.nodes().get(1).causes()).isEmpty();
        assertThat(consequences.tree().get(1)).endsWith("(without any fault or action, too)");
    }

    @Test
    void whatAScriptSaysIsACauseToo() {
        var consequences =
                Explained.text(
                                """
                                apiVersion: faultline/v1
                                name: told
                                topology: { partitions: 3 }
                                protocol: { suspicion: { policy: counting } }
                                phases: { chaos: 5s }
                                script:
                                  - at: 1s
                                    report: { partitions: [P1] }
                                  - at: 2s
                                    report: { partitions: [P0] }
                                  - at: 3s
                                    report: { partitions: [P1] }
                                expect: { never: [partition-failed] }
                                """)
                        .consequences();
        assertThat(consequences.tree())
                .containsExactly(
                        "1.000s  action 0: report",
                        "2.000s  action 1: report",
                        "3.000s  action 2: report",
                        "└─ 3.000s  P1 is declared failed by mistake  (and not without action 0)",
                        "   └─ 3.000s  never partition-failed");
    }

    @Test
    void aFaultWithoutEffectLeavesTheRunAsItWas() {
        var explained =
                Explained.text(
                        HEAD
                                + """
                                  - at: 1s
                                    crash: { partitions: [P1] }
                                  - at: 2s
                                    failing-recovery: { partitions: [P4], phase: validating }
                                """);
        var consequences = explained.consequences();
        assertThat(consequences.alignments())
                .extracting(FaultAlignment::fault)
                .containsExactly(0, 1);
        var without = consequences.alignments().getLast().alignment();
        assertThat(without.score()).isEqualTo(1);
        assertThat(without.alike()).isEqualTo(without.streams());
        assertThat(without.diverged()).isEmpty();
        assertThat(without.independent()).isEqualTo(explained.original().trace().size() - 1);
        var crash = consequences.alignments().getFirst().alignment();
        assertThat(crash.score()).isLessThan(1);
        assertThat(crash.diverged()).contains(SimTime.of(Duration.ofSeconds(1)));
    }

    @Test
    void failuresAreTheSameWithinTheWindowAndTheClosestArePaired() {
        var ones = List.of(failure(1, true, 10), failure(2, true, 20), failure(1, true, 30));
        var others = List.of(failure(1, true, 27), failure(2, true, 40));
        assertThat(Failure.recurring(ones, others, Duration.ofNanos(20)))
                .containsExactly(false, true, true);
        assertThat(Failure.recurring(ones, others, Duration.ofNanos(3)))
                .containsExactly(false, false, true);
        assertThat(Failure.recurring(ones, others, Duration.ofNanos(2)))
                .containsExactly(false, false, false);
        assertThat(Failure.recurring(ones, List.of(failure(2, false, 20)), Duration.ofNanos(20)))
                .containsExactly(false, false, false);
    }

    private static Failure failure(int rank, boolean down, long nanos) {
        return new Failure(new PartitionId(rank), down, new SimTime(nanos), 0);
    }
}
