package io.faultline.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.kernel.Simulation;
import io.faultline.model.cluster.PartitionId;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/// Whose turn it is at one instant.
class TurnTest {

    @Test
    void aTurnComesBeforeTheNextWhateverTheRank() {
        var last = new PartitionId(100_000);
        for (int i = 0; i + 1 < Turn.values().length; i++) {
            assertThat(Turn.values()[i].of(last)).isLessThan(Turn.values()[i + 1].ofNobody());
        }
    }

    @Test
    void theTurnsAreHealFaultDeliveryTimerSampling() {
        assertThat(Turn.values())
                .containsExactly(Turn.HEAL, Turn.FAULT, Turn.DELIVERY, Turn.TIMER, Turn.SAMPLING);
    }

    @Test
    void withinATurnNobodyComesFirstAndThenAscendingRank() {
        for (var turn : Turn.values()) {
            assertThat(turn.ofNobody()).isLessThan(turn.of(new PartitionId(0)));
            assertThat(turn.of(new PartitionId(0))).isLessThan(turn.of(new PartitionId(1)));
        }
    }

    @Test
    void everyTurnIsAPriorityOfTheKernel() {
        assertThat(Turn.SAMPLING.of(new PartitionId(100_000)))
                .isLessThanOrEqualTo(Simulation.LAST_PRIORITY);
    }

    @Test
    void eventsOfOneInstantRunByTurnThenRankThenPosting() {
        var order = new ArrayList<String>();
        var simulation = new Simulation(1);
        simulation.within(() -> {
            for (var turn : List.of(Turn.TIMER, Turn.FAULT, Turn.DELIVERY)) {
                int posted = 0;
                for (int rank : new int[] {1, 0, 1}) {
                    var name = turn + " P" + rank + " #" + posted++;
                    simulation.after(
                            0,
                            turn.of(new PartitionId(rank)),
                            () -> simulation.post(() -> order.add(name)));
                }
                simulation.after(
                        0,
                        turn.ofNobody(),
                        () -> simulation.post(() -> order.add(turn + " nobody")));
            }
        });
        simulation.run();
        assertThat(order)
                .containsExactly(
                        "FAULT nobody",
                        "FAULT P0 #1",
                        "FAULT P1 #0",
                        "FAULT P1 #2",
                        "DELIVERY nobody",
                        "DELIVERY P0 #1",
                        "DELIVERY P1 #0",
                        "DELIVERY P1 #2",
                        "TIMER nobody",
                        "TIMER P0 #1",
                        "TIMER P1 #0",
                        "TIMER P1 #2");
    }
}
