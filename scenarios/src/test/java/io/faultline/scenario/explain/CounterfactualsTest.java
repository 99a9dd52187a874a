package io.faultline.scenario.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.kernel.SimTime;
import io.faultline.model.cluster.PartitionId;
import io.faultline.scenario.explain.Consequences.Edge;
import io.faultline.scenario.explain.Consequences.FaultAlignment;
import io.faultline.scenario.explain.Consequences.What;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
            expect: { never: [partition-failed], slo: 1h }
            faults:
            """;

    /// Every recovery overloads the partition that helped, which is failed next. That each failure
    /// comes of the one before, and not of the crash directly, is seen only by preventing it.
    @Test
    void aChainIsFoundLinkByLink() {
        var consequences =
                Explained.of("emergent/recovery-livelock", Map.of("expect.slo", "1h"))
                        .consequences();
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
        assertThat(consequences.offspring()).isEqualTo(1);
        assertThat(consequences.depth()).isEqualTo(8);
        assertThat(consequences.breadth()).isEqualTo(1);
        assertThat(consequences.spread()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void whereOneFailureTakesAllOthersTheyStandBesideEachOther() {
        var consequences = Explained.of("emergent/overload-cascade", Map.of()).consequences();
        assertThat(consequences.steps()).containsExactly(1, 4);
        assertThat(consequences.offspring()).isEqualTo(4);
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
                        "   └─ 5.600s  never partition-failed  (joint: without P1 at 5.600s it"
                                + " would have come later, of P3 at 7.600s)",
                        "3.000s  fault 1 begins: crash of P3",
                        "└─ 7.600s  P3 is declared failed");
        assertThat(consequences.offspring()).isZero();
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
                        "└─ 5.600s  P1 is declared failed  (joint: it happens unless both fault 0"
                                + " and fault 1 are taken away)");
        assertThat(consequences.dot()).contains("n0 -> n2 [style=dashed, label=\"joint\"]");
    }

    /// That the same partition was failed shortly before must not keep it from being seen.
    @Test
    void whatAnyOfThreeWouldHaveCausedIsJointForTheSecondFailureOfAPartitionToo() {
        var again =
                """
                  - during: 1s..7s
                    crash: { partitions: [P1] }
                  - at: 12s
                    crash: { partitions: [P1] }
                  - at: 12s
                    crash: { partitions: [P1] }
                  - at: 12s
                    crash: { partitions: [P1] }
                """;
        var consequences = Explained.text(HEAD + again).consequences();
        var second =
                consequences.nodes().stream()
                        .filter(node -> node.what() == What.FAILURE)
                        .skip(1)
                        .findFirst()
                        .orElseThrow();
        assertThat(second.causes())
                .containsExactly(new Edge(1, true), new Edge(2, true), new Edge(3, true));
        assertThat(second.open()).isFalse();
    }

    /// Without the first crash the second one would have the partition failed, four seconds later.
    @Test
    void whatSomethingLaterWouldHaveCausedInItsPlaceIsDueToBoth() {
        var twice =
                """
                  - at: 1s
                    crash: { partitions: [P1] }
                  - at: 5650ms
                    crash: { partitions: [P1] }
                """;
        assertThat(Explained.text(HEAD + twice).consequences().tree())
                .containsExactly(
                        "1.000s  fault 0 begins: crash of P1",
                        "└─ 5.600s  P1 is declared failed  (joint: without fault 0 it would have"
                                + " come later, of fault 1)",
                        "   └─ 5.600s  never partition-failed",
                        "5.650s  fault 1 begins: crash of P1");
    }

    @Test
    void aNodeStandsUnderTheLatestOfItsCausesInWhateverOrderTheyAreWritten() {
        var consequences =
                Explained.text(
                                """
                                apiVersion: faultline/v1
                                name: rest
                                topology: { partitions: 3 }
                                protocol: { suspicion: { confirm: 1s } }
                                phases: { chaos: 6100ms }
                                faults:
                                  - during: 2s..6s
                                    isolation: { nodes: { role: primaries } }
                                  - during: 1s..2s
                                    slow-node: { nodes: [n1], factor: 5, overhead: 2s }
                                script:
                                  - at: 0ms
                                    report: { partitions: [P0] }
                                  - at: 0ms
                                    report: { partitions: [P0] }
                                """)
                        .consequences();
        assertThat(consequences.tree())
                .contains(
                        "└─ 6.050s  redistribution-at-rest  (and not without fault 1 and P0 at"
                                + " 1.000s)");
        assertThat(consequences.nodes().getLast().causes()).contains(new Edge(0, false));
        assertThat(consequences.parent(consequences.nodes().size() - 1))
                .contains(new Edge(0, false));
    }

    /// Either crash alone keeps clients waiting, who then overload everybody else.
    @Test
    void aCascadeWithTwoTriggersIsJointToo() {
        var consequences =
                Explained.of("emergent/overload-cascade", Map.of()).withCrash("P5").consequences();
        var joint = List.of(new Edge(2, true), new Edge(3, true));
        assertThat(consequences.nodes().stream().skip(4))
                .filteredOn(node -> node.what() == What.FAILURE && node.causes().equals(joint))
                .extracting(Consequences.Node::text)
                .containsExactly(
                        "P1 is declared failed by mistake",
                        "P3 is declared failed by mistake",
                        "P4 is declared failed by mistake");
    }

    @Test
    void pairsAreTriedAsFarAsIsAllowedAndCounted() {
        var explained = Explained.of("failures/clogged-coordinator", Map.of());
        assertThat(explained.consequences().pairs()).isEqualTo(new Consequences.Pairs(66, 66));
        assertThat(explained.consequences(20).pairs()).isEqualTo(new Consequences.Pairs(20, 66));
        assertThat(explained.consequences(0).pairs()).isEqualTo(new Consequences.Pairs(0, 66));
    }

    @Test
    void pairsFindWhatTheLatestEightWouldNotHaveShown() {
        var twelve = new StringBuilder(HEAD.replace("partitions: 5", "partitions: 24"));
        for (int rank = 1; rank <= 9; rank++) {
            twelve.append("  - at: ").append(rank).append("s\n    crash: { partitions: [P");
            twelve.append(rank == 2 ? 1 : rank).append("] }\n");
        }
        var failure = Explained.text(twelve.toString()).consequences().nodes().get(9);
        assertThat(failure.text()).isEqualTo("P1 is declared failed");
        assertThat(failure.joint()).containsExactly(List.of(0, 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "half-lost",
                "clogged-coordinator",
                "clock-jump",
                "parked-recoveries",
                "rounded-majority"
            })
    void nothingComesBeforeItsCauses(String name) {
        var nodes = Explained.of("failures/" + name, Map.of()).consequences().nodes();
        for (var node : nodes) {
            for (var edge : node.causes()) {
                assertThat(nodes.get(edge.from()).time().isAfter(node.time())).isFalse();
            }
        }
        assertThat(nodes.getLast().causes()).isNotEmpty();
    }

    /// The quorum is lost with the crash, at 3 s; that nobody healed anybody later made it last.
    @Test
    void whatHappensLaterMayHaveMadeItLast() {
        var consequences = Explained.of("failures/half-lost", Map.of()).consequences();
        var verdict = consequences.nodes().getLast();
        assertThat(verdict.time()).isEqualTo(SimTime.of(Duration.ofSeconds(3)));
        assertThat(verdict.causes()).containsExactly(new Edge(0, false));
        assertThat(verdict.later()).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void lossOfServiceIsDamageAndWhatItIsDependsOnTheSetting() {
        var consequences = Explained.of("failures/tight-timeouts", Map.of()).consequences();
        assertThat(consequences.nodes()).filteredOn(node -> node.what() == What.LOSS).isNotEmpty();
        assertThat(consequences.reproduction()).isEqualTo(consequences.pieces());
        assertThat(consequences.isSelfSustaining()).isTrue();
        assertThat(consequences.reach().getLast().partitions()).isEqualTo(11);
        assertThat(consequences.reach().getLast().pieces()).isEqualTo(consequences.pieces());
        var patient =
                Explained.of("failures/tight-timeouts", Map.of("expect.slo", "2s")).consequences();
        assertThat(patient.pieces()).isPositive().isLessThan(consequences.pieces());
    }

    /// Everybody is declared failed by mistake, and goes on serving.
    @Test
    void mistakesThatCostNoServiceAreNoDamage() {
        var consequences = Explained.of("failures/clogged-coordinator", Map.of()).consequences();
        assertThat(consequences.nodes())
                .filteredOn(node -> node.what() == What.FAILURE)
                .hasSize(12);
        assertThat(consequences.pieces()).isZero();
        assertThat(consequences.isSelfSustaining()).isFalse();
    }

    @Test
    void theDrawingHasABoxForEachNodeALineForEachCauseAndIsTheSameEveryTime() {
        var consequences = Explained.of("failures/tight-timeouts", Map.of()).consequences();
        var svg = new ConsequencesDrawing(consequences).svg();
        assertThat(svg.split("<rect ", -1)).hasSize(consequences.nodes().size() + 1);
        int edges = consequences.nodes().stream().mapToInt(node -> node.causes().size()).sum();
        assertThat(svg.split("<path class=\"f-none ", -1)).hasSize(edges + 1);
        assertThat(svg).contains(">7.700s</text>", ">fault 0 begins: crash of P2</text>");
        var again = Explained.of("failures/tight-timeouts", Map.of()).consequences();
        assertThat(new ConsequencesDrawing(again).svg()).isEqualTo(svg);
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
