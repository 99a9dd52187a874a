package io.faultline.scenario.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.kernel.Observation;
import io.faultline.kernel.SimTime;
import io.faultline.kernel.Trace;
import io.faultline.scenario.explain.CausalChain.Link;
import io.faultline.scenario.explain.CausalChain.Step;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What led to it, from the fault on.
class CausalChainTest {

    record Ping() implements Observation {}

    record Pong() implements Observation {}

    record Crack(int where) implements Observation {}

    @Test
    void itGoesFromTheFaultThroughTheRecoveryToTheOneWhoIsFailedForBeingBusy() {
        var chain = Explained.of("emergent/overload-cascade", Map.of()).chain();
        assertThat(chain.isComplete()).isTrue();
        assertThat(chain.steps().stream().map(step -> step.sentence()))
                .startsWith(
                        "fault 0 begins: crash of P2",
                        "fault 0 takes effect",
                        "node n2 crashes",
                        "P2 is down: crashed",
                        "P2 healthy → suspected: heartbeat miss",
                        "P2 suspected → failed: heartbeat miss")
                .containsSubsequence(
                        "operations are paused",
                        "attempt 1 for P2 enters rebalancing",
                        "attempt 1 for P2 succeeds",
                        "operations resume after 3.360s")
                .endsWith(
                        "P0 healthy → suspected: heartbeat miss",
                        "P0 suspected → failed: heartbeat miss");
        assertThat(chain.steps().stream().filter(step -> step.link() != Link.CAUSE))
                .extracting(step -> step.link() + " " + step.sentence())
                .containsExactly(
                        "SILENCE P2 healthy → suspected: heartbeat miss",
                        "DELAY P0 healthy → suspected: heartbeat miss");
    }

    /// P2 is silent to those on the other side, whom the fault names, and P2 it does not.
    @Test
    void aFaultBetweenNodesIsTheCauseOnBothSides() {
        var chain = Explained.of("failures/split-brain-of-views", Map.of()).chain();
        assertThat(chain.isComplete()).isTrue();
        assertThat(chain.steps().getFirst().sentence())
                .startsWith("fault 0 begins: network-split of P6");
    }

    @Test
    void whoeverTakesInEntitiesIsBusyBecauseOfTheFailureOfTheirOwner() {
        var chain = Explained.of("failures/load-transfer", Map.of()).chain();
        assertThat(chain.steps().stream().map(step -> step.sentence()))
                .containsSubsequence(
                        "P2 suspected → failed: heartbeat miss",
                        "attempt 1 for P2 enters redistributing",
                        "P3 healthy → suspected: heartbeat miss",
                        "P3 suspected → failed: heartbeat miss");
    }

    @Test
    void causesComeBeforeTheirEffects() {
        var steps = Explained.of("emergent/recovery-livelock", Map.of()).chain().steps();
        for (int i = 1; i < steps.size(); i++) {
            assertThat(steps.get(i).entry().index())
                    .isGreaterThan(steps.get(i - 1).entry().index());
        }
    }

    @Test
    void whereMessagesAreLostTheFaultThatLosesThemIsTheCause() {
        var chain =
                Explained.text(
                                """
                                apiVersion: faultline/v1
                                name: lost
                                topology: { partitions: 3 }
                                protocol:
                                  detector: { kind: heartbeat-timeout, suspect: 2s, failure: 5s }
                                phases: { chaos: 20s }
                                faults:
                                  - during: 1s..4s
                                    message-loss: { chance: 100%, messages: [heartbeat], from: [n1] }
                                  - at: 2s
                                    crash: { partitions: [P2] }
                                expect: { never: [suspicion-withdrawn] }
                                """)
                        .chain();
        assertThat(chain.steps().getFirst().sentence())
                .isEqualTo("fault 0 begins: message-loss of P1");
    }

    @Test
    void whatAScriptSaysIsACauseToo() {
        var chain =
                Explained.text(
                                """
                                apiVersion: faultline/v1
                                name: told
                                topology: { partitions: 3 }
                                protocol: { suspicion: { policy: counting } }
                                phases: { chaos: 5s }
                                script:
                                  - at: 1s
                                    report: { partitions: [P1], times: 2 }
                                expect: { never: [partition-failed] }
                                """)
                        .chain();
        assertThat(chain.steps().getFirst().sentence()).isEqualTo("action 0: report");
        assertThat(chain.isComplete()).isTrue();
    }

    /// The fault is another partition's, and it happens without that, too.
    @Test
    void whatNoFaultLedToComesOfWhatTheNetworkLosesAllTheTime() {
        var chain = Explained.of("failures/flapping-node", Map.of()).chain();
        assertThat(chain.isComplete()).isTrue();
        assertThat(chain.lines(25))
                .containsExactly(
                        "  all the time  the network loses 30 % of all messages",
                        "       25.100s  P6 healthy → suspected: heartbeat miss, since nothing is"
                                + " heard of it, though it is up");
        var drawn = Explained.of("failures/flapping-node", Map.of("topology.network.loss", "25%"));
        assertThat(drawn.chain().lines(25).getFirst())
                .endsWith("the network loses 25 % of all messages");
    }

    @Test
    void aNetworkThatLosesNothingByItselfIsTheCauseOfNothing() {
        var slow =
                Map.of(
                        "topology.network.loss", "0%",
                        "topology.network.latency", "1ms..400ms",
                        "protocol.detector.suspect", "600ms");
        var chain = Explained.of("failures/flapping-node", slow).chain();
        assertThat(chain.ground()).isEmpty();
        assertThat(chain.isComplete()).isFalse();
    }

    @Test
    void whereAFaultIsTheCauseTheNetworkIsNotSaidToBe() {
        var lossy = Map.of("topology.network.loss", "1%");
        var chain = Explained.of("emergent/overload-cascade", lossy).chain();
        assertThat(chain.ground()).isEmpty();
        assertThat(chain.isComplete()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "failures/flapping-node",
                "failures/split-brain-of-views",
                "failures/gray-failure",
                "emergent/overload-cascade"
            })
    void itIsTheSameWhetherOrNotMessagesAreObserved(String name) {
        assertThat(Explained.of(name, Map.of("observe.messages", "true")).chain().lines(1000))
                .isEqualTo(
                        Explained.of(name, Map.of("observe.messages", "false"))
                                .chain()
                                .lines(1000));
    }

    private static CausalChain chain(Observation... observations) {
        var steps = new ArrayList<Step>();
        for (var what : observations) {
            int i = steps.size();
            var entry = new Trace.Entry(i, new SimTime(1_000_000L * i), "test", what, i - 1);
            steps.add(new Step(entry, Link.CAUSE));
        }
        return new CausalChain(steps, Optional.empty());
    }

    @Test
    void likeStepsInARowAreCounted() {
        var chain = chain(new Ping(), new Ping(), new Ping(), new Ping(), new Pong());
        assertThat(chain.lines(25))
                .containsExactly(
                        "        0.000s  Ping[]",
                        "                … 2 more like it, up to the next line",
                        "        0.003s  Ping[]",
                        "        0.004s  Pong[]");
    }

    @Test
    void roundsThatRepeatAreToldOnce() {
        var observations = new ArrayList<Observation>(List.of(new Crack(1)));
        for (int i = 0; i < 40; i++) {
            observations.add(new Ping());
            observations.add(new Pong());
        }
        observations.add(new Crack(2));
        assertThat(chain(observations.toArray(Observation[]::new)).lines(25))
                .containsExactly(
                        "        0.000s  Crack[where=1]",
                        "        0.001s  Ping[]",
                        "        0.002s  Pong[]",
                        "                … and so on, 39 times more, until 0.080s",
                        "        0.081s  Crack[where=2]");
    }

    @Test
    void aLongChainIsCutInTheMiddle() {
        var chain = Explained.of("emergent/overload-cascade", Map.of()).chain();
        assertThat(chain.lines(25)).hasSize(25).anyMatch(line -> line.contains("lines left out"));
        assertThat(chain.lines(25).getFirst()).contains("fault 0 begins");
        assertThat(chain.lines(25).getLast()).contains("P0 suspected → failed");
        assertThat(chain.lines(100)).hasSizeBetween(26, 100);
    }
}
